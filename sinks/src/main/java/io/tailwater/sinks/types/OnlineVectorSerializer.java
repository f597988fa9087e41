// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.types;

import io.tailwater.stores.OnlineVector;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The key, the numbers of the head, the values ({@link ValuesSerializer}), and of each value from
 * when on it is complete, or 0 if all are.
 */
final class OnlineVectorSerializer extends ImmutableSerializer<OnlineVector> {
  private final ValuesSerializer keys;
  private final ValuesSerializer values;

  OnlineVectorSerializer(ValuesSerializer keys, ValuesSerializer values) {
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
  public OnlineVector createInstance() {
    return new OnlineVector(keys.createInstance(), 0, 0, 0, 0, values.createInstance());
  }

  @Override
  public void serialize(OnlineVector row, DataOutputView target) throws IOException {
    keys.serialize(row.key(), target);
    target.writeLong(row.eventTimestamp());
    target.writeLong(row.validUntil());
    target.writeLong(row.generation());
    target.writeLong(row.eventCount());
    values.serialize(row.values(), target);
    VarInts.writeUnsigned(row.completeFrom().length, target);
    for (long instant : row.completeFrom()) {
      target.writeLong(instant);
    }
  }

  @Override
  public OnlineVector deserialize(DataInputView source) throws IOException {
    Object[] key = keys.deserialize(source);
    long eventTimestamp = source.readLong();
    long validUntil = source.readLong();
    long generation = source.readLong();
    long eventCount = source.readLong();
    return new OnlineVector(
        key,
        eventTimestamp,
        validUntil,
        generation,
        eventCount,
        values.deserialize(source),
        completeFrom(source));
  }

  private static long[] completeFrom(DataInputView source) throws IOException {
    int count = VarInts.readSize(source);
    if (count == 0) {
      return OnlineVector.COMPLETE;
    }
    long[] instants = new long[count];
    for (int i = 0; i < count; i++) {
      instants[i] = source.readLong();
    }
    return instants;
  }

  @Override
  public TypeSerializerSnapshot<OnlineVector> snapshotConfiguration() {
    return new OnlineVectorSerializerSnapshot(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OnlineVectorSerializer that
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
