// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.io.Serializable;
import org.apache.flink.table.data.RowData;

/**
 * How a table's rows are made of what a sink takes.
 *
 * @param <T> what the sink takes
 */
interface RowFormat<T> extends Serializable {
  /** The row in Flink's internal form, in the order of the table's columns. */
  RowData convert(T row);

  /** The instant, in milliseconds, whose day the row's file is of. */
  long eventTimestamp(T row);
}
