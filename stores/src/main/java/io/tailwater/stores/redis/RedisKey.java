// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A key in Redis: any bytes, by their content. */
final class RedisKey {
  private static final String HIDDEN = "***";

  /** {@code <project>:%progress:<view>} and its like; entities' keys have no {@code %} there. */
  private static final Pattern OF_VIEW = Pattern.compile("[^:\\\\]+:%[a-z]+:[^:]+");

  /** {@code <project>:<view>:<key>}; Feast's keys are binary. */
  private static final Pattern OF_ENTITY = Pattern.compile("(?s)([^:\\\\]+:[^:\\\\]+:).*");

  private final byte[] bytes;

  RedisKey(byte[] bytes) {
    this.bytes = requireNonNull(bytes, "bytes is null");
  }

  static RedisKey of(String text) {
    return new RedisKey(text.getBytes(UTF_8));
  }

  /** Not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RedisKey that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /**
   * For logs: with the entity's part left out. That of a view's progress, which is no entity's, is
   * whole.
   */
  String withoutEntity() {
    String text = toString();
    if (OF_VIEW.matcher(text).matches()) {
      return text;
    }
    Matcher ofEntity = OF_ENTITY.matcher(text);
    return ofEntity.matches() ? ofEntity.group(1) + HIDDEN : HIDDEN;
  }

  /** For people: what is no printable character stands as {@code redis-cli} shows it, in hex. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    new String(bytes, UTF_8)
        .codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                text.append("\\x%02x".formatted(c));
              } else {
                text.appendCodePoint(c);
              }
            });
    return text.toString();
  }
}
