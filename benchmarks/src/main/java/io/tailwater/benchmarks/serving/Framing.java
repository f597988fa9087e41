// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.serving;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Locale;

/** Where an answer ends. Nothing comes behind it: the next question is not asked before. */
enum Framing {
  /** HTTP/1.1 with a Content-Length. */
  HTTP {
    private static final String OK = "HTTP/1.1 200 ";
    private static final String LENGTH = "\r\ncontent-length: ";

    @Override
    boolean isWhole(byte[] bytes, int length) throws IOException {
      int body = bodyOf(bytes, length);
      if (body < 0) {
        return false;
      }
      String head = new String(bytes, 0, body, ISO_8859_1);
      int at = head.toLowerCase(Locale.ROOT).indexOf(LENGTH) + LENGTH.length();
      int end = body + Integer.parseInt(head.substring(at, head.indexOf('\r', at)));
      if (length >= end && !head.startsWith(OK)) {
        throw new IOException("found an answer other than 200: " + text(bytes, length));
      }
      return length >= end;
    }
  },

  /** A list of texts, as Redis answers HMGET. */
  REDIS_LIST {
    @Override
    boolean isWhole(byte[] bytes, int length) throws IOException {
      int elements = number('*', bytes, 0, length);
      int at = nextLine(bytes, 0, length);
      for (int i = 0; i < elements && at < length; i++) {
        int size = number('$', bytes, at, length);
        at = nextLine(bytes, at, length);
        at += size < 0 ? 0 : size + 2;
      }
      return length > 0 && at == length && elements >= 0;
    }

    private int number(char kind, byte[] bytes, int from, int to) throws IOException {
      if (from < to && bytes[from] != kind) {
        throw new IOException("found %s from Redis".formatted(text(bytes, to)));
      }
      int number = 0;
      for (int i = from + 1; i < to && bytes[i] != '\r'; i++) {
        if (bytes[i] == '-') {
          return -1;
        }
        number = number * 10 + bytes[i] - '0';
      }
      return number;
    }

    private int nextLine(byte[] bytes, int from, int to) {
      int at = from;
      while (at < to && bytes[at] != '\n') {
        at++;
      }
      return at + 1;
    }
  };

  /**
   * Whether an answer has come to its end.
   *
   * @param bytes what has come of it, in the first {@code length} places
   * @throws IOException if it is no good answer
   */
  abstract boolean isWhole(byte[] bytes, int length) throws IOException;

  /** Where the body of an answer of HTTP begins; -1 if it has not begun. */
  static int bodyOf(byte[] bytes, int length) {
    for (int i = 3; i < length; i++) {
      if (bytes[i] == '\n' && bytes[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  static String text(byte[] bytes, int length) {
    return new String(bytes, 0, length, ISO_8859_1);
  }
}
