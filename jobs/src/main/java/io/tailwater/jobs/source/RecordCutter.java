// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text file into records: lines, or, in CSV, lines joined where a quoted cell holds a line
 * end. Records are the file's own bytes without the line end; blank lines are none. A quote that
 * the file never closes, or not within {@value #LONGEST_RECORD} bytes, spoils its own line only.
 * Not thread-safe.
 */
final class RecordCutter implements Closeable {
  /** The longest record, in bytes, that is kept in one piece. */
  static final int LONGEST_RECORD = 1 << 23;

  private static final int INITIAL_BUFFER = 1 << 16;

  private final InputStream in;
  private final LineEndFinder finder;
  private byte[] buffer = new byte[INITIAL_BUFFER];
  private int start;
  private int limit;
  private boolean endOfFile;
  private long line;
  private long nextLine = 1;

  RecordCutter(InputStream in, boolean quotes) throws IOException {
    this.in = in;
    this.finder = new LineEndFinder(quotes);
    skipByteOrderMark();
  }

  /** The next record that is not blank; null at the end of the file. */
  byte @Nullable [] next() throws IOException {
    while (hasMore()) {
      int end = endOfRecord();
      byte[] record = Arrays.copyOfRange(buffer, start, withoutReturn(end));
      int next = Math.min(end + 1, limit);
      line = nextLine;
      nextLine += lineEndsWithin(start, next);
      start = next;
      if (record.length > 0) {
        return record;
      }
    }
    return null;
  }

  /** The number of the line at which the last record began; the file's first line is 1. */
  long line() {
    return line;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean hasMore() throws IOException {
    return start < limit || fill();
  }

  /** Where the record at {@code start} ends: at a line end, or at the end of the file. */
  private int endOfRecord() throws IOException {
    finder.reset(start);
    while (true) {
      int end = finder.find(buffer, limit);
      if (end >= 0) {
        return end;
      }
      boolean tooLong = limit - start > LONGEST_RECORD;
      if (tooLong || !fill()) {
        return finder.insideQuotes() || tooLong ? endOfLine() : limit;
      }
    }
  }

  private int endOfLine() {
    for (int i = start; i < limit; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return limit;
  }

  /** Reads on behind {@code limit}; the record at {@code start} may move to the front. */
  private boolean fill() throws IOException {
    if (endOfFile) {
      return false;
    }
    if (limit == buffer.length) {
      makeRoom();
    }
    int read = in.read(buffer, limit, buffer.length - limit);
    endOfFile = read < 0;
    limit += Math.max(read, 0);
    return !endOfFile;
  }

  private void makeRoom() {
    if (start == 0) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
      return;
    }
    System.arraycopy(buffer, start, buffer, 0, limit - start);
    finder.moveBack(start);
    limit -= start;
    start = 0;
  }

  private int withoutReturn(int end) {
    return end > start && buffer[end - 1] == '\r' ? end - 1 : end;
  }

  private int lineEndsWithin(int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      if (buffer[i] == '\n') {
        count++;
      }
    }
    return count;
  }

  private void skipByteOrderMark() throws IOException {
    while (limit < 3 && fill()) {
      // Three bytes decide.
    }
    boolean mark =
        limit >= 3
            && buffer[0] == (byte) 0xEF
            && buffer[1] == (byte) 0xBB
            && buffer[2] == (byte) 0xBF;
    start = mark ? 3 : 0;
  }
}
