// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.days;

import io.tailwater.definitions.model.StoredView;
import io.tailwater.sinks.types.OfflineRowTypeInfo;
import io.tailwater.stores.OfflineRow;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.core.memory.ManagedMemoryUseCase;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Rows day by day, and of a day by entity and time: the files of an offline table are of a day, and
 * so a writer has the file of one day open at a time.
 *
 * <p>A keyed operator of Flink's batch mode would get them so too, but by comparing: there are few
 * days beside the rows, and so {@link DayRuns} distributes them instead. On their way rows are
 * bytes, made once and read once.
 */
public final class SortedRows {
  /** In MB, as Flink's own sorts of a keyed operator's input have it. */
  private static final int MEMORY_WEIGHT = 128;

  private SortedRows() {}

  /**
   * Sorts a view's rows in a job of Flink's batch mode. All rows of a day come out of one task,
   * after the last row has come in. A day of more than {@value DayRuns#SORTED_BYTES} bytes is
   * sorted in parts of that size. The uids are {@code day-rows-<view>} and {@code by-day-<view>}.
   */
  public static DataStream<OfflineRow> byDay(DataStream<OfflineRow> rows, StoredView view) {
    DayRows codec = DayRows.of(view, rows.getExecutionConfig().getSerializerConfig());
    SingleOutputStreamOperator<OfflineRow> sorted =
        rows.map(codec::encode, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
            .name("day rows " + view.name())
            .uid("day-rows-" + view.name())
            .partitionCustom(Math::floorMod, new DayOf())
            .transform(
                "by day " + view.name(), OfflineRowTypeInfo.of(view), new SortDaysOperator(codec))
            .uid("by-day-" + view.name());
    sorted
        .getTransformation()
        .declareManagedMemoryUseCaseAtOperatorScope(ManagedMemoryUseCase.OPERATOR, MEMORY_WEIGHT);
    return sorted;
  }

  /** Days follow each other from task to task. */
  private static final class DayOf implements KeySelector<byte[], Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public Integer getKey(byte[] row) {
      return DayRows.day(row);
    }
  }
}
