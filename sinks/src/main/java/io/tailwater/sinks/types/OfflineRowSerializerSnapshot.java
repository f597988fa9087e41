// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.types;

import io.tailwater.stores.OfflineRow;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** What a savepoint says about the serializer of the rows of an offline table: its types. */
public final class OfflineRowSerializerSnapshot
    extends CompositeTypeSerializerSnapshot<OfflineRow, OfflineRowSerializer> {
  private static final int VERSION = 1;

  /** For Flink. */
  public OfflineRowSerializerSnapshot() {}

  OfflineRowSerializerSnapshot(OfflineRowSerializer serializer) {
    super(serializer);
  }

  @Override
  protected int getCurrentOuterSnapshotVersion() {
    return VERSION;
  }

  @Override
  protected TypeSerializer<?>[] getNestedSerializers(OfflineRowSerializer serializer) {
    return new TypeSerializer<?>[] {serializer.keys(), serializer.values()};
  }

  @Override
  protected OfflineRowSerializer createOuterSerializerWithNestedSerializers(
      TypeSerializer<?>[] nestedSerializers) {
    return new OfflineRowSerializer(
        (ValuesSerializer) nestedSerializers[0], (ValuesSerializer) nestedSerializers[1]);
  }
}
