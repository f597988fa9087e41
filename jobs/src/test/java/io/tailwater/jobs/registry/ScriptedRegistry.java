// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tailwater.definitions.settings.SchemaRegistrySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * An HTTP server that answers as the registry's protocol is documented, and as a registry does that
 * has troubles, which no real one does when asked to. What it was asked is known afterwards.
 */
public final class ScriptedRegistry implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  static {
    // Or each answer waits for the client's system to confirm its first half.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final Map<String, Answer> answers = Collections.synchronizedMap(new HashMap<>());
  private final List<Answer> first = Collections.synchronizedList(new ArrayList<>());
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());

  private record Answer(int status, String body) {}

  public ScriptedRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** How it is asked; it is not asked again. */
  public SchemaRegistrySettings settings() {
    return SchemaRegistrySettings.of(
            "http://%s:%d"
                .formatted(
                    server.getAddress().getAddress().getHostAddress(),
                    server.getAddress().getPort()))
        .withRetryFor(0);
  }

  public void register(int id, Schema schema) {
    answer("/schemas/ids/" + id, 200, "{\"schema\": %s}".formatted(quoted(schema.toString())));
  }

  /** Answers so to a path, whenever it is asked. */
  void answer(String path, int status, String body) {
    answers.put(path, new Answer(status, body));
  }

  /** Answers so to the next request that has no such answer yet, before all others. */
  void answerFirst(int status, String body) {
    first.add(new Answer(status, body));
  }

  /** The paths that it was asked, in order. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  static String quoted(String text) {
    return JSON.valueToTree(text).toString();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    asked.add(path);
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    Answer answer =
        first.isEmpty()
            ? answers.getOrDefault(
                path, new Answer(404, "{\"error_code\": 40403, \"message\": \"Schema not found\"}"))
            : first.remove(0);
    byte[] body = answer.body().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
