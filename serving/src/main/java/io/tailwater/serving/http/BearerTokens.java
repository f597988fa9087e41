// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is let in. Compares in a time that does not tell how much of a token was right. */
final class BearerTokens {
  private static final int UNAUTHORIZED = 401;
  private static final String SCHEME = "bearer ";

  private final List<byte[]> tokens;

  /**
   * @param tokens one of which a client must bring; empty if none is asked for
   */
  BearerTokens(List<String> tokens) {
    this.tokens = tokens.stream().map(token -> token.getBytes(UTF_8)).toList();
  }

  /**
   * Checks the header {@code Authorization}.
   *
   * @throws ClientError if it does not let its sender in
   */
  void check(@Nullable String authorization) {
    if (tokens.isEmpty()) {
      return;
    }
    if (authorization == null) {
      throw ClientError.http(
          UNAUTHORIZED, "found no token, expected the header 'Authorization: Bearer TOKEN'");
    }
    int length = SCHEME.length();
    if (!authorization.regionMatches(/* ignoreCase= */ true, 0, SCHEME, 0, length)) {
      throw ClientError.http(
          UNAUTHORIZED,
          "found another kind of authorization, expected 'Authorization: Bearer TOKEN'");
    }
    byte[] token = authorization.substring(length).strip().getBytes(UTF_8);
    boolean known = false;
    for (byte[] one : tokens) {
      known |= MessageDigest.isEqual(one, token);
    }
    if (!known) {
      throw ClientError.http(
          UNAUTHORIZED, "found a token that the server does not know: ask who runs it for one");
    }
  }
}
