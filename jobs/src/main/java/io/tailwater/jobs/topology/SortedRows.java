// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.definitions.model.StoredView;
import io.tailwater.stores.OfflineRow;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Rows day by day, and of a day by entity and time: the files of an offline table are of a day, and
 * so a writer has the file of one day open at a time. In batch mode Flink sorts the input of a
 * keyed operator by the key, on disk where it does not fit into memory; there is nothing else for
 * this one to do.
 */
public final class SortedRows extends KeyedProcessFunction<DayKey, OfflineRow, OfflineRow> {
  private static final long serialVersionUID = 1L;

  private SortedRows() {}

  /** Sorts a view's rows; the uid is {@code by-day-<view>}. */
  public static DataStream<OfflineRow> byDay(DataStream<OfflineRow> rows, StoredView view) {
    return rows.keyBy(new DayKeySelector(view), new DayKeyTypeInfo())
        .process(new SortedRows(), rows.getType())
        .name("by day " + view.name())
        .uid("by-day-" + view.name());
  }

  @Override
  public void processElement(OfflineRow row, Context context, Collector<OfflineRow> out) {
    out.collect(row);
  }
}
