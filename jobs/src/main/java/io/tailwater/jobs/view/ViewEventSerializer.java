// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.sinks.types.ImmutableSerializer;
import io.tailwater.sinks.types.ValuesSerializer;
import io.tailwater.sinks.types.VarInts;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/**
 * The input's index, key, time, columns, event id, whether it is of history, and of position, raw
 * key and raw value those that there are.
 *
 * <pre>
 * event = input (byte), key, time (long), columns, id, what else there is (byte: sum of bits),
 *         position, raw key, raw value
 * id, raw key, raw value = length (varint), bytes
 * </pre>
 */
final class ViewEventSerializer extends ImmutableSerializer<ViewEvent> {
  private static final long serialVersionUID = 1L;

  private static final int POSITION = 1;
  private static final int RAW_KEY = 2;
  private static final int RAW_VALUE = 4;
  private static final int HISTORY = 8;

  private final EntityKeySerializer keys;
  private final ValuesSerializer columns;

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
    write(event.id(), target);
    String position = event.position();
    byte[] rawKey = event.rawKey();
    byte[] rawValue = event.rawValue();
    target.writeByte(
        (position.isEmpty() ? 0 : POSITION)
            + (rawKey == null ? 0 : RAW_KEY)
            + (rawValue == null ? 0 : RAW_VALUE)
            + (event.history() ? HISTORY : 0));
    if (!position.isEmpty()) {
      StringValue.writeString(position, target);
    }
    if (rawKey != null) {
      write(rawKey, target);
    }
    if (rawValue != null) {
      write(rawValue, target);
    }
  }

  private static void write(byte[] bytes, DataOutputView target) throws IOException {
    VarInts.writeUnsigned(bytes.length, target);
    target.write(bytes);
  }

  private static byte[] read(DataInputView source) throws IOException {
    byte[] bytes = new byte[VarInts.readSize(source)];
    source.readFully(bytes);
    return bytes;
  }

  @Override
  public ViewEvent deserialize(DataInputView source) throws IOException {
    int input = source.readByte();
    EntityKey key = keys.deserialize(source);
    long time = source.readLong();
    @Nullable Object[] values = columns.deserialize(source);
    byte[] id = read(source);
    int parts = source.readByte();
    String position = (parts & POSITION) == 0 ? "" : StringValue.readString(source);
    byte[] rawKey = (parts & RAW_KEY) == 0 ? null : read(source);
    byte[] rawValue = (parts & RAW_VALUE) == 0 ? null : read(source);
    boolean history = (parts & HISTORY) != 0;
    return new ViewEvent(input, key, time, id, values, position, rawKey, rawValue, history);
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
