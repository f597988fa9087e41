// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

/**
 * The parts of a Redis key, escaped so that different parts never give the same key.
 *
 * <p>{@code :} separates the parts. Within a part, {@code %} is written {@code %25}, {@code :} is
 * written {@code %3A}, and half a surrogate pair, which UTF-8 cannot carry, {@code %uXXXX}; all
 * else stands for itself. A part may be empty. Whatever starts with another {@code %} is therefore
 * never an entity's key.
 */
final class KeyText {
  static final char SEPARATOR = ':';

  private static final char ESCAPE = '%';
  private static final String ESCAPED_SEPARATOR = "%3A";
  private static final String ESCAPED_ESCAPE = "%25";
  private static final int SURROGATE_ESCAPE_LENGTH = "%uD800".length();

  private KeyText() {}

  static String escape(String part) {
    int first = 0;
    while (first < part.length() && isPlain(part.charAt(first))) {
      first++;
    }
    return first == part.length() ? part : escapeFrom(first, part);
  }

  private static String escapeFrom(int first, String part) {
    StringBuilder text = new StringBuilder(part.length() + 8).append(part, 0, first);
    part.substring(first).codePoints().forEach(codePoint -> append(text, codePoint));
    return text.toString();
  }

  private static void append(StringBuilder text, int codePoint) {
    if (codePoint == SEPARATOR) {
      text.append(ESCAPED_SEPARATOR);
    } else if (codePoint == ESCAPE) {
      text.append(ESCAPED_ESCAPE);
    } else if (Character.isBmpCodePoint(codePoint) && Character.isSurrogate((char) codePoint)) {
      text.append("%u").append("%04X".formatted(codePoint));
    } else {
      text.appendCodePoint(codePoint);
    }
  }

  private static boolean isPlain(char c) {
    return c != SEPARATOR && c != ESCAPE && !Character.isSurrogate(c);
  }

  /**
   * The part that {@link #escape} made {@code text} of.
   *
   * @throws IllegalArgumentException if it made none such
   */
  static String unescape(String text) {
    int escape = text.indexOf(ESCAPE);
    if (escape < 0) {
      return text;
    }
    StringBuilder part = new StringBuilder(text.length());
    int from = 0;
    for (; escape >= 0; escape = text.indexOf(ESCAPE, from)) {
      part.append(text, from, escape);
      from = escape + appendUnescaped(part, text, escape);
    }
    return part.append(text, from, text.length()).toString();
  }

  /** Appends what the escape at {@code at} stands for and returns the escape's length. */
  private static int appendUnescaped(StringBuilder part, String text, int at) {
    if (text.startsWith(ESCAPED_SEPARATOR, at)) {
      part.append(SEPARATOR);
      return ESCAPED_SEPARATOR.length();
    }
    if (text.startsWith(ESCAPED_ESCAPE, at)) {
      part.append(ESCAPE);
      return ESCAPED_ESCAPE.length();
    }
    int end = at + SURROGATE_ESCAPE_LENGTH;
    if (end <= text.length() && text.substring(at, end).matches("%uD[89A-F][0-9A-F]{2}")) {
      part.append((char) Integer.parseInt(text.substring(at + 2, end), 16));
      return SURROGATE_ESCAPE_LENGTH;
    }
    throw new IllegalArgumentException("no escape at %d of '%s'".formatted(at, text));
  }
}
