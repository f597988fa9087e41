// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dead letters' texts for a terminal. */
final class SafeText {
  /** {@code field 'f': found V, expected E}: all but V is of the definitions. */
  private static final Pattern VIOLATION =
      Pattern.compile(
          "(?s)(field '[^']*'(?:, join key '[^']*' of entity '[^']*')?): found .*, (expected [^,']*)");

  private SafeText() {}

  /** What a message says without what was found in the event; empty if it cannot be told apart. */
  static String withoutValues(String message) {
    Matcher violation = VIOLATION.matcher(message);
    return violation.matches() ? violation.group(1) + ": " + violation.group(2) : "";
  }

  /**
   * Bytes on one line: as text if they are UTF-8, with what moves a cursor escaped; else in hex.
   */
  static String of(byte[] bytes) {
    try {
      return of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return "0x" + HexFormat.of().formatHex(bytes);
    }
  }

  /** A text on one line, with what moves a cursor escaped. */
  static String of(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              boolean visible =
                  !Character.isISOControl(point)
                      && Character.getType(point) != Character.FORMAT
                      && Character.getType(point) != Character.LINE_SEPARATOR
                      && Character.getType(point) != Character.PARAGRAPH_SEPARATOR;
              if (visible) {
                safe.appendCodePoint(point);
              } else {
                safe.append("\\u%04x".formatted(point));
              }
            });
    return safe.toString();
  }
}
