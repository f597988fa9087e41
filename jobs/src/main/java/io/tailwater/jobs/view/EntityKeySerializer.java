// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.sinks.types.ImmutableSerializer;
import io.tailwater.sinks.types.ValuesSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A key as its values. */
final class EntityKeySerializer extends ImmutableSerializer<EntityKey> {
  private static final long serialVersionUID = 1L;

  private final ValuesSerializer values;

  EntityKeySerializer(ValuesSerializer values) {
    this.values = values;
  }

  ValuesSerializer values() {
    return values;
  }

  @Override
  public EntityKey createInstance() {
    return new EntityKey(values.createInstance());
  }

  @Override
  public void serialize(EntityKey key, DataOutputView target) throws IOException {
    values.serialize(key.values(), target);
  }

  @Override
  public EntityKey deserialize(DataInputView source) throws IOException {
    return new EntityKey(values.deserialize(source));
  }

  @Override
  public TypeSerializerSnapshot<EntityKey> snapshotConfiguration() {
    return new EntityKeySerializerSnapshot(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EntityKeySerializer that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "key=" + values.types();
  }
}
