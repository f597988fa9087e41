// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.AggregationPlan;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** What a savepoint says about {@link ChunkSerializer}: the plan. */
public final class ChunkSerializerSnapshot extends PlanSerializerSnapshot<byte[]> {
  /** For Flink. */
  public ChunkSerializerSnapshot() {}

  ChunkSerializerSnapshot(AggregationPlan plan) {
    super(plan);
  }

  @Override
  TypeSerializer<byte[]> serializer(AggregationPlan plan) {
    return new ChunkSerializer(plan);
  }
}
