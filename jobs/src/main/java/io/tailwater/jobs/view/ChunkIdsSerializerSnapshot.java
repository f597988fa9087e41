// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.AggregationPlan;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** What a savepoint says about {@link ChunkIdsSerializer}, which is the same for all plans. */
public final class ChunkIdsSerializerSnapshot extends PlanSerializerSnapshot<byte[]> {
  /** For Flink. */
  public ChunkIdsSerializerSnapshot() {}

  @Override
  TypeSerializer<byte[]> serializer(AggregationPlan plan) {
    return new ChunkIdsSerializer();
  }
}
