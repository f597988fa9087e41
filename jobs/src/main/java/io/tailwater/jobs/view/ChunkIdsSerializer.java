// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.AggregationPlan;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** The event ids of a chunk, as the bytes that the core's codec made. */
final class ChunkIdsSerializer extends EncodedSerializer {
  private static final long serialVersionUID = 1L;

  ChunkIdsSerializer(AggregationPlan plan) {
    super(plan);
  }

  @Override
  public TypeSerializer<byte[]> duplicate() {
    return new ChunkIdsSerializer(plan());
  }

  @Override
  public TypeSerializerSnapshot<byte[]> snapshotConfiguration() {
    return new ChunkIdsSerializerSnapshot(plan());
  }
}
