// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.sinks.types.ValuesSerializer;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** What a savepoint says about the serializer of keys: the join keys' types. */
public final class EntityKeySerializerSnapshot
    extends CompositeTypeSerializerSnapshot<EntityKey, EntityKeySerializer> {
  private static final int VERSION = 1;

  /** For Flink. */
  public EntityKeySerializerSnapshot() {}

  EntityKeySerializerSnapshot(EntityKeySerializer serializer) {
    super(serializer);
  }

  @Override
  protected int getCurrentOuterSnapshotVersion() {
    return VERSION;
  }

  @Override
  protected TypeSerializer<?>[] getNestedSerializers(EntityKeySerializer serializer) {
    return new TypeSerializer<?>[] {serializer.values()};
  }

  @Override
  protected EntityKeySerializer createOuterSerializerWithNestedSerializers(
      TypeSerializer<?>[] nestedSerializers) {
    return new EntityKeySerializer((ValuesSerializer) nestedSerializers[0]);
  }
}
