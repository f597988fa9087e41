// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.AggregationPlan;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** What a savepoint says about {@link ChunkIdsSerializer}: the plan. */
public final class ChunkIdsSerializerSnapshot extends PlanSerializerSnapshot<byte[]> {
  /** For Flink. */
  public ChunkIdsSerializerSnapshot() {}

  ChunkIdsSerializerSnapshot(AggregationPlan plan) {
    super(plan);
  }

  @Override
  TypeSerializer<byte[]> serializer(AggregationPlan plan) {
    return new ChunkIdsSerializer(plan);
  }
}
