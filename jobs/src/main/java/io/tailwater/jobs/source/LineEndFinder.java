// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

/**
 * Finds the line end that ends a record, going on where it stopped when more bytes have come. With
 * quotes (CSV), line ends inside a quoted cell do not count. Not thread-safe.
 */
final class LineEndFinder {
  private enum State {
    CELL_START,
    PLAIN,
    QUOTED,
    QUOTE_IN_QUOTED
  }

  private final boolean quotes;
  private State state = State.CELL_START;
  private int at;

  LineEndFinder(boolean quotes) {
    this.quotes = quotes;
  }

  /** Begins a record at {@code start}. */
  void reset(int start) {
    at = start;
    state = State.CELL_START;
  }

  /** Follows the bytes when they move to the front of their buffer. */
  void moveBack(int distance) {
    at -= distance;
  }

  boolean insideQuotes() {
    return state == State.QUOTED;
  }

  /** Where the line end stands before {@code limit}; −1 if it does not. */
  int find(byte[] buffer, int limit) {
    while (at < limit) {
      byte b = buffer[at];
      if (b == '\n' && state != State.QUOTED) {
        return at;
      }
      if (quotes) {
        state = next(b);
      }
      at++;
    }
    return -1;
  }

  private State next(byte b) {
    return switch (state) {
      case QUOTED -> b == '"' ? State.QUOTE_IN_QUOTED : State.QUOTED;
      case CELL_START -> b == '"' ? State.QUOTED : outside(b);
      case QUOTE_IN_QUOTED -> b == '"' ? State.QUOTED : outside(b);
      case PLAIN -> outside(b);
    };
  }

  private static State outside(byte b) {
    return b == ',' ? State.CELL_START : State.PLAIN;
  }
}
