// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.types;

import io.tailwater.stores.OnlineVector;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** What a savepoint says about the serializer of the vectors of a view: its types. */
public final class OnlineVectorSerializerSnapshot
    extends CompositeTypeSerializerSnapshot<OnlineVector, OnlineVectorSerializer> {
  private static final int VERSION = 1;

  /** For Flink. */
  public OnlineVectorSerializerSnapshot() {}

  OnlineVectorSerializerSnapshot(OnlineVectorSerializer serializer) {
    super(serializer);
  }

  @Override
  protected int getCurrentOuterSnapshotVersion() {
    return VERSION;
  }

  @Override
  protected TypeSerializer<?>[] getNestedSerializers(OnlineVectorSerializer serializer) {
    return new TypeSerializer<?>[] {serializer.keys(), serializer.values()};
  }

  @Override
  protected OnlineVectorSerializer createOuterSerializerWithNestedSerializers(
      TypeSerializer<?>[] nestedSerializers) {
    return new OnlineVectorSerializer(
        (ValuesSerializer) nestedSerializers[0], (ValuesSerializer) nestedSerializers[1]);
  }
}
