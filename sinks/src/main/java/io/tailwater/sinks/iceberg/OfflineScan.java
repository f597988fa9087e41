// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import io.tailwater.stores.OfflineRow;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of an offline table to read.
 *
 * @param from the first event timestamp, in milliseconds; {@link Long#MIN_VALUE} for no bound
 * @param to the last one
 * @param addedSince a snapshot's id: only the rows that came after it; null for all rows
 */
public record OfflineScan(long from, long to, @Nullable Long addedSince) implements Serializable {

  /** All rows whose event timestamp is in the range, both ends included. */
  public static OfflineScan between(long from, long to) {
    return new OfflineScan(from, to, null);
  }

  /** The rows up to an event timestamp that came after a snapshot. */
  public static OfflineScan addedSince(long snapshot, long to) {
    return new OfflineScan(Long.MIN_VALUE, to, snapshot);
  }

  /** Whether the row is in the range. */
  boolean contains(OfflineRow row) {
    return from <= row.eventTimestamp() && row.eventTimestamp() <= to;
  }
}
