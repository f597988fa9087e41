// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.AggregationPlan;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** A closed chunk of a log, as the bytes that the core's codec made. */
final class ChunkSerializer extends EncodedSerializer {
  private static final long serialVersionUID = 1L;

  ChunkSerializer(AggregationPlan plan) {
    super(plan);
  }

  @Override
  public TypeSerializer<byte[]> duplicate() {
    return new ChunkSerializer(plan());
  }

  @Override
  public TypeSerializerSnapshot<byte[]> snapshotConfiguration() {
    return new ChunkSerializerSnapshot(plan());
  }
}
