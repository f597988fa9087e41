// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

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

/** The input's index as a byte, key, time, columns, and the rest as a row of its own. */
final class ViewEventSerializer extends ImmutableSerializer<ViewEvent> {
  private static final long serialVersionUID = 1L;

  /** Event id, position, raw key, raw value. */
  private static final List<ValueType> ENVELOPE =
      List.of(ValueType.BYTES, ValueType.STRING, ValueType.BYTES, ValueType.BYTES);

  private final EntityKeySerializer keys;
  private final ValuesSerializer columns;
  private final ValuesSerializer envelopes = new ValuesSerializer(ENVELOPE);

  ViewEventSerializer(EntityKeySerializer keys, ValuesSerializer columns) {
    this.keys = keys;
    this.columns = columns;
  }

  EntityKeySerializer keys() {
    return keys;
  }

  ValuesSerializer columns() {
    return columns;
  }

  @Override
  public ViewEvent createInstance() {
    return new ViewEvent(
        0, keys.createInstance(), 0, new byte[0], columns.createInstance(), "", null, null);
  }

  @Override
  public void serialize(ViewEvent event, DataOutputView target) throws IOException {
    target.writeByte(event.input());
    keys.serialize(event.key(), target);
    target.writeLong(event.time());
    columns.serialize(event.columns(), target);
    @Nullable Object[] envelope = {event.id(), event.position(), event.rawKey(), event.rawValue()};
    envelopes.serialize(envelope, target);
  }

  @Override
  public ViewEvent deserialize(DataInputView source) throws IOException {
    int input = source.readByte();
    EntityKey key = keys.deserialize(source);
    long time = source.readLong();
    @Nullable Object[] values = columns.deserialize(source);
    @Nullable Object[] envelope = envelopes.deserialize(source);
    return new ViewEvent(
        input,
        key,
        time,
        (byte[]) requireNonNull(envelope[0]),
        values,
        (String) requireNonNull(envelope[1]),
        (byte[]) envelope[2],
        (byte[]) envelope[3]);
  }

  @Override
  public TypeSerializerSnapshot<ViewEvent> snapshotConfiguration() {
    return new ViewEventSerializerSnapshot(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ViewEventSerializer that
        && keys.equals(that.keys)
        && columns.equals(that.columns);
  }

  @Override
  public int hashCode() {
    return 31 * keys.hashCode() + columns.hashCode();
  }

  @Override
  public String toString() {
    return "%s, columns=%s".formatted(keys, columns.types());
  }
}
