// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.join;

import org.apache.flink.table.data.RowData;

/** Instants in a table's rows. */
final class Instants {
  private static final int MICROSECONDS = 6;

  private Instants() {}

  /** Milliseconds since the epoch, floored. */
  static long millis(RowData row, int column) {
    return row.getTimestamp(column, MICROSECONDS).getMillisecond();
  }
}
