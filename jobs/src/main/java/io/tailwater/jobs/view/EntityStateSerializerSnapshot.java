// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.window.EntityState;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** What a savepoint says about {@link EntityStateSerializer}: the plan. */
public final class EntityStateSerializerSnapshot extends PlanSerializerSnapshot<EntityState> {
  /** For Flink. */
  public EntityStateSerializerSnapshot() {}

  EntityStateSerializerSnapshot(AggregationPlan plan) {
    super(plan);
  }

  @Override
  TypeSerializer<EntityState> serializer(AggregationPlan plan) {
    return new EntityStateSerializer(plan);
  }
}
