// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** The event ids of a chunk, as the bytes that the core's codec made. */
final class ChunkIdsSerializer extends EncodedSerializer {
  private static final long serialVersionUID = 1L;

  ChunkIdsSerializer() {
    super(ANY_PLAN);
  }

  @Override
  public TypeSerializer<byte[]> duplicate() {
    return new ChunkIdsSerializer();
  }

  @Override
  public TypeSerializerSnapshot<byte[]> snapshotConfiguration() {
    return new ChunkIdsSerializerSnapshot();
  }
}
