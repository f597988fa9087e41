// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.stores.OfflineRow;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Rows day by day: the files of an offline table are of a day, and so a writer has the file of one
 * day open at a time. In batch mode Flink sorts the input of a keyed operator by the key, on disk
 * where it does not fit into memory; there is nothing else for this one to do.
 */
public final class SortedRows extends KeyedProcessFunction<Long, OfflineRow, OfflineRow> {
  private static final long serialVersionUID = 1L;
  private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);

  private SortedRows() {}

  /** Sorts a view's rows by the day of their event timestamp; the uid is {@code by-day-<view>}. */
  public static DataStream<OfflineRow> byDay(DataStream<OfflineRow> rows, String view) {
    return rows.keyBy(row -> Math.floorDiv(row.eventTimestamp(), DAY_MS), Types.LONG)
        .process(new SortedRows(), rows.getType())
        .name("by day " + view)
        .uid("by-day-" + view);
  }

  @Override
  public void processElement(OfflineRow row, Context context, Collector<OfflineRow> out) {
    out.collect(row);
  }
}
