// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.window.Chunk;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** What a savepoint says about {@link ChunkSerializer}: the plan. */
public final class ChunkSerializerSnapshot extends PlanSerializerSnapshot<Chunk> {
  /** For Flink. */
  public ChunkSerializerSnapshot() {}

  ChunkSerializerSnapshot(AggregationPlan plan) {
    super(plan);
  }

  @Override
  TypeSerializer<Chunk> serializer(AggregationPlan plan) {
    return new ChunkSerializer(plan);
  }
}
