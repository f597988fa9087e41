// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.types;

import io.tailwater.stores.OfflineRow;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The key, the numbers of the head, the values; see {@link ValuesSerializer}. */
final class OfflineRowSerializer extends ImmutableSerializer<OfflineRow> {
  private final ValuesSerializer keys;
  private final ValuesSerializer values;

  OfflineRowSerializer(ValuesSerializer keys, ValuesSerializer values) {
    this.keys = keys;
    this.values = values;
  }

  ValuesSerializer keys() {
    return keys;
  }

  ValuesSerializer values() {
    return values;
  }

  @Override
  public OfflineRow createInstance() {
    return new OfflineRow(keys.createInstance(), 0, 0, values.createInstance());
  }

  @Override
  public void serialize(OfflineRow row, DataOutputView target) throws IOException {
    keys.serialize(row.key(), target);
    target.writeLong(row.eventTimestamp());
    target.writeLong(row.createdTimestamp());
    values.serialize(row.values(), target);
  }

  @Override
  public OfflineRow deserialize(DataInputView source) throws IOException {
    Object[] key = keys.deserialize(source);
    long eventTimestamp = source.readLong();
    long createdTimestamp = source.readLong();
    return new OfflineRow(key, eventTimestamp, createdTimestamp, values.deserialize(source));
  }

  @Override
  public TypeSerializerSnapshot<OfflineRow> snapshotConfiguration() {
    return new OfflineRowSerializerSnapshot(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OfflineRowSerializer that
        && keys.equals(that.keys)
        && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(keys, values);
  }

  @Override
  public String toString() {
    return "keys=%s, values=%s".formatted(keys.types(), values.types());
  }
}
