// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.serving;

import java.io.IOException;

/** One connection, which asks one question at a time and waits for all of the answer. */
interface Caller extends AutoCloseable {
  /**
   * Asks.
   *
   * @param question which of the questions that were made; any number, taken modulo theirs
   * @throws IOException if there is no answer, or not the one that is expected
   */
  void ask(int question) throws IOException;

  @Override
  void close() throws IOException;

  /** Where callers come from. */
  @FunctionalInterface
  interface Factory {
    Caller connect() throws IOException;
  }
}
