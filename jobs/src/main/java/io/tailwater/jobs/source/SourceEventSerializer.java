// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import io.tailwater.sinks.types.ImmutableSerializer;
import io.tailwater.sinks.types.ValuesSerializer;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * What kind of event it is, the row if there is one, and then all the rest as a row of its own.
 *
 * <pre>
 * event = kind (byte: sum of bits), row, rest
 * </pre>
 */
final class SourceEventSerializer extends ImmutableSerializer<SourceEvent> {
  private static final long serialVersionUID = 1L;

  /** Event time, event id, error code, error message, position, key, value. */
  private static final List<ValueType> ENVELOPE =
      List.of(
          ValueType.INT64,
          ValueType.BYTES,
          ValueType.STRING,
          ValueType.STRING,
          ValueType.STRING,
          ValueType.BYTES,
          ValueType.BYTES);

  private static final int ROW = 1;
  private static final int HISTORY = 2;

  private final ValuesSerializer rows;
  private final ValuesSerializer envelopes = new ValuesSerializer(ENVELOPE);

  SourceEventSerializer(ValuesSerializer rows) {
    this.rows = rows;
  }

  ValuesSerializer rows() {
    return rows;
  }

  @Override
  public SourceEvent createInstance() {
    return new SourceEvent(rows.createInstance(), 0, new byte[0], null, null, "", null, null);
  }

  @Override
  public void serialize(SourceEvent event, DataOutputView target) throws IOException {
    @Nullable Object[] row = event.row();
    target.writeByte((row == null ? 0 : ROW) + (event.history() ? HISTORY : 0));
    if (row != null) {
      rows.serialize(row, target);
    }
    @Nullable Object[] envelope = {
      event.eventTime(),
      event.eventId(),
      event.errorCode(),
      event.errorMessage(),
      event.position(),
      event.rawKey(),
      event.rawValue()
    };
    envelopes.serialize(envelope, target);
  }

  @Override
  public SourceEvent deserialize(DataInputView source) throws IOException {
    int kind = source.readByte();
    @Nullable Object[] row = (kind & ROW) == 0 ? null : rows.deserialize(source);
    @Nullable Object[] envelope = envelopes.deserialize(source);
    return new SourceEvent(
        row,
        (Long) requireNonNull(envelope[0]),
        (byte[]) envelope[1],
        (String) envelope[2],
        (String) envelope[3],
        (String) requireNonNull(envelope[4]),
        (byte[]) envelope[5],
        (byte[]) envelope[6],
        (kind & HISTORY) != 0);
  }

  @Override
  public TypeSerializerSnapshot<SourceEvent> snapshotConfiguration() {
    return new SourceEventSerializerSnapshot(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SourceEventSerializer that && rows.equals(that.rows);
  }

  @Override
  public int hashCode() {
    return rows.hashCode();
  }

  @Override
  public String toString() {
    return "row=" + rows.types();
  }
}
