// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.window.Chunk;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** A closed chunk of a log by the core's codec. */
final class ChunkSerializer extends PlanSerializer<Chunk> {
  private static final long serialVersionUID = 1L;

  ChunkSerializer(AggregationPlan plan) {
    super(plan);
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<Chunk> duplicate() {
    return new ChunkSerializer(plan());
  }

  @Override
  public Chunk createInstance() {
    throw new UnsupportedOperationException("chunks are made by logs");
  }

  @Override
  public Chunk copy(Chunk from) {
    return from;
  }

  @Override
  void write(Chunk value, ByteWriter out) {
    codec().writeChunk(value, out);
  }

  @Override
  Chunk read(ByteReader in) {
    return codec().readChunk(in);
  }

  @Override
  public TypeSerializerSnapshot<Chunk> snapshotConfiguration() {
    return new ChunkSerializerSnapshot(plan());
  }
}
