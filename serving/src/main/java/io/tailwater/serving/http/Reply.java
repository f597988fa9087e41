// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What a request is answered with.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param body as it goes over the wire
 */
record Reply(int status, String contentType, byte[] body) {
  static final String JSON = "application/json";

  static Reply json(int status, byte[] body) {
    return new Reply(status, JSON, body);
  }

  static Reply text(String contentType, String body) {
    return new Reply(200, contentType, body.getBytes(UTF_8));
  }
}
