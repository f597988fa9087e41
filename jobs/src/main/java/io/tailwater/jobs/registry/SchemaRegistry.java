// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailwater.definitions.settings.SchemaRegistrySettings;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * A schema registry that answers like Confluent's: {@code GET /schemas/ids/ID}. It remembers
 * nothing; each call is a request. Not thread-safe.
 */
public final class SchemaRegistry {
  private static final int MOST_REFERENCES = 100;

  private final SchemaRegistrySettings settings;
  private final RegistryRequests requests;

  /** Nothing is asked yet. */
  public SchemaRegistry(SchemaRegistrySettings settings) {
    this.settings = settings;
    this.requests = new RegistryRequests(settings);
  }

  /**
   * The Avro schema of an id, with those that it refers to in it.
   *
   * @throws SchemaRefusedException if the registry has no such schema, or none of Avro's
   * @throws IOException if the registry cannot answer, or does not let us in
   */
  public Schema schema(int id) throws SchemaRefusedException, IOException {
    RegistryReply reply = requests.get("/schemas/ids/" + id);
    if (!reply.found()) {
      throw SchemaRefusedException.unknown(
          "schema id %d: not known to the schema registry %s (%s)"
              .formatted(id, settings.url(), reply.problem()));
    }
    // What a writer gives as defaults nobody reads.
    Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);
    parseReferences(id, reply.body(), parser, new HashSet<>());
    return parse(id, reply.body(), parser);
  }

  private static Schema parse(int id, JsonNode body, Schema.Parser parser)
      throws SchemaRefusedException {
    String type = body.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw SchemaRefusedException.unusable(
          "schema id %d: found a schema of type %s, expected AVRO".formatted(id, type));
    }
    try {
      return parser.parse(body.path("schema").asText());
    } catch (RuntimeException | StackOverflowError e) {
      // Not AvroRuntimeException alone: a corner of the parser that nobody checks is the text's
      // fault.
      throw SchemaRefusedException.unusable(
          "schema id %d: found no Avro schema (%s)".formatted(id, e));
    }
  }

  /** Those that others refer to come before them. */
  private void parseReferences(int id, JsonNode body, Schema.Parser parser, Set<String> seen)
      throws SchemaRefusedException, IOException {
    for (JsonNode reference : body.path("references")) {
      String path =
          "/subjects/%s/versions/%d"
              .formatted(
                  URLEncoder.encode(reference.path("subject").asText(), UTF_8).replace("+", "%20"),
                  reference.path("version").asInt());
      if (!seen.add(path)) {
        continue;
      }
      if (seen.size() > MOST_REFERENCES) {
        throw SchemaRefusedException.unusable(
            "schema id %d: found more than %d references, expected fewer"
                .formatted(id, MOST_REFERENCES));
      }
      RegistryReply reply = requests.get(path);
      if (!reply.found()) {
        throw SchemaRefusedException.unknown(
            "schema id %d: refers to %s, which is not known to the schema registry %s (%s)"
                .formatted(id, path, settings.url(), reply.problem()));
      }
      parseReferences(id, reply.body(), parser, seen);
      parse(id, reply.body(), parser);
    }
  }
}
