// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.window.EntityState;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** The state of an entity by the core's codec. A heap backend keeps the object itself. */
final class EntityStateSerializer extends PlanSerializer<EntityState> {
  private static final long serialVersionUID = 1L;

  EntityStateSerializer(AggregationPlan plan) {
    super(plan);
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public TypeSerializer<EntityState> duplicate() {
    return new EntityStateSerializer(plan());
  }

  @Override
  public EntityState createInstance() {
    return engine().create(Long.MIN_VALUE);
  }

  @Override
  public EntityState copy(EntityState from) {
    return from.copy();
  }

  @Override
  void write(EntityState value, ByteWriter out) {
    codec().writeState(value, out);
  }

  @Override
  EntityState read(ByteReader in) {
    return codec().readState(in);
  }

  @Override
  public TypeSerializerSnapshot<EntityState> snapshotConfiguration() {
    return new EntityStateSerializerSnapshot(plan());
  }
}
