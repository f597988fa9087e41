// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.util.Map;

/** Knows from the broker where partitions end. Used by one thread, that may block. */
interface EndOffsets extends AutoCloseable {
  /**
   * For each partition, from where on a reader counts as having read all that the broker holds now:
   * its end offset; or, where only transactions' markers and rolled-back records stand between
   * {@code positions} and it, the position itself. A partition of which the broker tells nothing is
   * missing.
   *
   * @param positions by partition the offset that is read next
   */
  Map<Integer, Long> readToEnd(Map<Integer, Long> positions) throws InterruptedException;

  @Override
  void close();
}
