// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** The event ids of a chunk by the core's codec. */
final class ChunkIdsSerializer extends PlanSerializer<byte[][]> {
  private static final long serialVersionUID = 1L;

  ChunkIdsSerializer(AggregationPlan plan) {
    super(plan);
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<byte[][]> duplicate() {
    return new ChunkIdsSerializer(plan());
  }

  @Override
  public byte[][] createInstance() {
    return new byte[0][];
  }

  @Override
  public byte[][] copy(byte[][] from) {
    return from;
  }

  @Override
  void write(byte[][] value, ByteWriter out) {
    codec().writeIds(value, out);
  }

  @Override
  byte[][] read(ByteReader in) {
    return codec().readIds(in);
  }

  @Override
  public TypeSerializerSnapshot<byte[][]> snapshotConfiguration() {
    return new ChunkIdsSerializerSnapshot(plan());
  }
}
