// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.materialize;

import static java.util.Objects.requireNonNull;

import io.tailwater.stores.OfflineRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Of a query's rows those that the offline table does not have yet; and, on the side, the row of
 * each key and event timestamp that counts. Expects the rows of both as batch mode gives them when
 * they are keyed by these two: one group after the other.
 */
final class NewRows extends AbstractStreamOperator<OfflineRow>
    implements OneInputStreamOperator<OfflineRow, OfflineRow>, BoundedOneInput {
  private static final long serialVersionUID = 1L;
  private static final int BUFFER_BYTES = 256;

  private final String view;
  private final TypeSerializer<OfflineRow> serializer;
  private final OutputTag<OfflineRow> counting;
  private final long now;

  private transient @Nullable OfflineRow first;
  private transient @Nullable RowGroup group;
  private transient @Nullable LongCounter written;
  private transient @Nullable LongCounter unchanged;
  private transient @Nullable LongCounter duplicates;

  /**
   * @param now the created timestamp of new rows, in milliseconds
   */
  NewRows(
      String view,
      TypeSerializer<OfflineRow> serializer,
      OutputTag<OfflineRow> counting,
      long now) {
    this.view = view;
    this.serializer = serializer;
    this.counting = counting;
    this.now = now;
  }

  @Override
  public void open() throws Exception {
    super.open();
    written = Count.WRITTEN.register(view, getRuntimeContext());
    unchanged = Count.UNCHANGED.register(view, getRuntimeContext());
    duplicates = Count.DUPLICATE.register(view, getRuntimeContext());
  }

  @Override
  public void processElement(StreamRecord<OfflineRow> element) {
    OfflineRow row = element.getValue();
    if (first == null || group == null || !isOfGroup(first, row)) {
      endGroup();
      first = row;
      group = new RowGroup(Comparator.comparing(this::bytes, Arrays::compareUnsigned));
    }
    group.add(row);
  }

  @Override
  public void endInput() {
    endGroup();
    first = null;
    group = null;
  }

  private static boolean isOfGroup(OfflineRow first, OfflineRow row) {
    return first.eventTimestamp() == row.eventTimestamp()
        && Arrays.deepEquals(first.key(), row.key());
  }

  private void endGroup() {
    if (group == null) {
      return;
    }
    RowGroup.Outcome outcome = group.outcome(now);
    if (outcome.counting() != null) {
      output.collect(counting, new StreamRecord<>(outcome.counting()));
    }
    if (outcome.queried() > 0) {
      requireNonNull(duplicates, "not open").add(outcome.queried() - 1L);
      requireNonNull(outcome.written() == null ? unchanged : written, "not open").add(1L);
    }
    if (outcome.written() != null) {
      output.collect(new StreamRecord<>(outcome.written()));
    }
  }

  private byte[] bytes(OfflineRow row) {
    DataOutputSerializer out = new DataOutputSerializer(BUFFER_BYTES);
    try {
      serializer.serialize(row, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.getCopyOfBuffer();
  }
}
