// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.stores.OfflineRow;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Passes rows on: what it is for is that, in batch mode, Flink sorts its input by the key. */
final class SortedRows extends KeyedProcessFunction<DayKey, OfflineRow, OfflineRow> {
  private static final long serialVersionUID = 1L;

  @Override
  public void processElement(OfflineRow row, Context context, Collector<OfflineRow> out) {
    out.collect(row);
  }
}
