// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;

/**
 * Strict UTF-8: what is not UTF-8 is refused and never replaced, since two keys must not become
 * one. Not thread-safe.
 */
final class Utf8Text {
  // A new decoder reports malformed input instead of replacing it.
  private final CharsetDecoder decoder = UTF_8.newDecoder();

  String decode(byte[] bytes, int from, int to) throws CharacterCodingException {
    if (isAscii(bytes, from, to)) {
      return new String(bytes, from, to - from, ISO_8859_1);
    }
    return decoder.decode(ByteBuffer.wrap(bytes, from, to - from)).toString();
  }

  /** Whether every surrogate of the text is half of a pair, so that it has a UTF-8 form. */
  static boolean isEncodable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAscii(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
