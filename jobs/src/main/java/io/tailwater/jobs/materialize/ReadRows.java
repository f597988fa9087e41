// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.materialize;

import static java.util.Objects.requireNonNull;

import io.tailwater.stores.OfflineRow;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.jspecify.annotations.Nullable;

/** Counts the rows that were read of an offline table, and passes them on. */
final class ReadRows extends RichMapFunction<OfflineRow, OfflineRow> {
  private static final long serialVersionUID = 1L;

  private final String view;
  private transient @Nullable LongCounter read;

  ReadRows(String view) {
    this.view = view;
  }

  @Override
  public void open(OpenContext context) {
    read = Count.READ.register(view, getRuntimeContext());
  }

  @Override
  public OfflineRow map(OfflineRow row) {
    requireNonNull(read, "not open").add(1L);
    return row;
  }
}
