// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request that is wrong. Feast's server, and so the clients of it, know three forms of saying so:
 * what its checks of a body find, an exception of its own, and what its HTTP framework finds.
 */
final class ClientError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int UNPROCESSABLE = 422;

  private final int status;
  private final transient Object body;

  private ClientError(int status, String message, Object body) {
    super(message);
    this.status = status;
    this.body = body;
  }

  /**
   * A body that does not have the form of a request.
   *
   * @param type what is wrong, in a word
   * @param place the path to it, below the body
   * @param input what stands there; a missing node if nothing does
   */
  static ClientError malformed(String type, List<?> place, JsonNode input, String message) {
    List<Object> path = new ArrayList<>(List.of("body"));
    path.addAll(place);
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("type", type);
    detail.put("loc", path);
    detail.put("msg", message);
    detail.put("input", Json.excerpt(input.toString()));
    return new ClientError(UNPROCESSABLE, message, Map.of("detail", List.of(detail)));
  }

  /** What the project does not have, as one of Feast's exceptions. */
  static ClientError notFound(String feastError, String message) {
    return feast(NOT_FOUND, feastError, message);
  }

  /** A request that cannot be answered. */
  static ClientError badRequest(String message) {
    return badRequest("FeastError", message);
  }

  /** A request that cannot be answered, as one of Feast's exceptions. */
  static ClientError badRequest(String feastError, String message) {
    return feast(BAD_REQUEST, feastError, message);
  }

  /** What is not a matter of features: a path, a method, a length, a token. */
  static ClientError http(int status, String message) {
    return new ClientError(status, message, Map.of("detail", message));
  }

  /** One of Feast's exceptions with a status of its own. */
  static ClientError feast(int status, String feastError, String message) {
    // A JSON string with JSON in it: Feast's clients read it so.
    return new ClientError(status, message, Json.text(feastBody(feastError, message)));
  }

  Reply reply() {
    return Json.reply(status, body);
  }

  private static Map<String, String> feastBody(String feastError, String message) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("module", "feast.errors");
    body.put("class", feastError);
    body.put("message", message);
    return body;
  }
}
