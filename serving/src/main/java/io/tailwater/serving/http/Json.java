// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** JSON as the server reads and writes it. Thread-safe. */
final class Json {
  /** A request has four levels. */
  private static final int MAX_NESTING = 16;

  /**
   * A name that stands twice in an object is refused: which one counts would be a guess. What is
   * written is ASCII, so that half a surrogate pair in a text, which UTF-8 cannot carry, breaks no
   * answer.
   */
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
          .build();

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(FACTORY).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private Json() {}

  static JsonFactory factory() {
    return FACTORY;
  }

  /**
   * The object in a body.
   *
   * @throws ClientError if there is none, saying where it breaks off
   */
  static JsonNode object(byte[] body) {
    JsonNode node;
    try (JsonParser parser = FACTORY.createParser(body)) {
      node = MAPPER.readTree(parser);
      if (parser.nextToken() != null) {
        throw invalid(
            "expected one JSON object, found more behind it", offset(parser.currentLocation()));
      }
    } catch (JsonProcessingException e) {
      throw invalid(e.getOriginalMessage(), offset(e.getLocation()));
    } catch (IOException | NumberFormatException e) {
      // A number whose exponent is itself too long is the one thing that Jackson does not wrap.
      throw invalid(String.valueOf(e.getMessage()), 0);
    }
    if (node == null || !node.isObject()) {
      throw ClientError.malformed(
          "model_attributes_type",
          List.of(),
          node == null ? MissingNode.getInstance() : node,
          "expected a JSON object such as {\"entities\": {\"customer_id\": [1001]}, \"features\":"
              + " [\"view:feature\"]}, found "
              + describe(node));
    }
    return node;
  }

  /** What a value is, for a message. */
  static String describe(JsonNode node) {
    if (node == null || node.isMissingNode()) {
      return "nothing";
    }
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case NULL -> "null";
      case STRING -> "the text " + excerpt(node.toString());
      default -> excerpt(node.toString());
    };
  }

  static Reply reply(int status, Object body) {
    try {
      return Reply.json(status, MAPPER.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Map<String, String> body) {
    try {
      return MAPPER.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The beginning of a text, since an answer need not be as long as what it is about. */
  static String excerpt(String text) {
    int longest = 60;
    return text.length() > longest ? text.substring(0, longest) + "…" : text;
  }

  private static ClientError invalid(String message, long offset) {
    return ClientError.malformed(
        "json_invalid",
        List.of(offset),
        MissingNode.getInstance(),
        "the body is not valid JSON: " + message);
  }

  private static long offset(JsonLocation location) {
    return location == null ? 0 : Math.max(0, location.getByteOffset());
  }
}
