// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The records of one open file, one after the other. A format is an implementation of this; what
 * its files hold beside records (headers, footers) it keeps to itself. Not thread-safe.
 */
interface EventRecords extends Closeable {
  /**
   * Moves on to the next record, good or broken.
   *
   * @return false at the end of the file
   * @throws IOException if the file cannot be read, or is so damaged that its further records are
   *     not to be found
   */
  boolean next() throws IOException;

  /** Where the record stands, the first being 1: its line, or its number among the records. */
  long place();

  /**
   * The record's values, one a field of the source's schema.
   *
   * @throws RejectedException if the record is broken
   */
  @Nullable Object[] row() throws RejectedException;

  /** The record's own bytes; null where the format has none, as where it lays out columns. */
  byte @Nullable [] bytes();
}
