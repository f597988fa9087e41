// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/**
 * The cells of one CSV record (RFC 4180: comma, double quotes, {@code ""} for a quote in quotes).
 * Cells become text only when asked for. Not thread-safe.
 */
final class CsvCells {
  private final Utf8Text utf8 = new Utf8Text();
  private byte[] record = {};
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private int count;

  /**
   * Finds the cells of {@code bytes}, a record without its line end.
   *
   * @throws RejectedException if a quote is not closed, or text stands behind a closing one
   */
  void split(byte[] bytes) throws RejectedException {
    record = bytes;
    count = 0;
    int at = 0;
    do {
      int end = endOfCell(at);
      if (end < bytes.length && bytes[end] != ',') {
        throw RejectedException.undecodable(
            "found text behind the closing quote of cell %d, expected a comma"
                .formatted(count + 1));
      }
      add(at, end);
      at = end + 1;
    } while (at <= bytes.length);
  }

  int count() {
    return count;
  }

  /** Whether the cell holds nothing, quoted or not. */
  boolean isEmpty(int cell) {
    int length = ends[cell] - starts[cell];
    return length == 0 || (length == 2 && record[starts[cell]] == '"');
  }

  /**
   * The cell's text, without its quotes.
   *
   * @throws RejectedException if it is not UTF-8
   */
  String text(int cell) throws RejectedException {
    boolean quoted = ends[cell] > starts[cell] && record[starts[cell]] == '"';
    int inset = quoted ? 1 : 0;
    try {
      String text = utf8.decode(record, starts[cell] + inset, ends[cell] - inset);
      return quoted && text.indexOf('"') >= 0 ? text.replace("\"\"", "\"") : text;
    } catch (CharacterCodingException e) {
      throw RejectedException.undecodable(
          "found bytes that are not %s in cell %d".formatted(UTF_8, cell + 1));
    }
  }

  private int endOfCell(int start) throws RejectedException {
    int at = start;
    if (at < record.length && record[at] == '"') {
      return endOfQuotedCell(start);
    }
    while (at < record.length && record[at] != ',') {
      at++;
    }
    return at;
  }

  private int endOfQuotedCell(int start) throws RejectedException {
    for (int at = start + 1; at < record.length; at++) {
      if (record[at] == '"') {
        if (at + 1 == record.length || record[at + 1] != '"') {
          return at + 1;
        }
        at++;
      }
    }
    throw RejectedException.undecodable(
        "found the end of the record inside the quotes of cell %d".formatted(count + 1));
  }

  private void add(int start, int end) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    starts[count] = start;
    ends[count] = end;
    count++;
  }
}
