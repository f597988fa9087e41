// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The watermark, the generation, the end, then the committable with the version of its own
 * serializer.
 */
record WatermarkedSerializer<C>(SimpleVersionedSerializer<C> committables)
    implements SimpleVersionedSerializer<Watermarked<C>> {
  private static final int VERSION = 2;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(Watermarked<C> watermarked) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(256);
    out.writeLong(watermarked.watermark());
    out.writeLong(watermarked.generation());
    out.writeBoolean(watermarked.ended());
    SimpleVersionedSerialization.writeVersionAndSerialize(
        committables, watermarked.committable(), out);
    return out.getCopyOfBuffer();
  }

  @Override
  public Watermarked<C> deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "A committable of format %d; this version of Tailwater reads format %d"
              .formatted(version, VERSION));
    }
    DataInputDeserializer in = new DataInputDeserializer(serialized);
    long watermark = in.readLong();
    long generation = in.readLong();
    boolean ended = in.readBoolean();
    return new Watermarked<>(
        watermark,
        generation,
        ended,
        SimpleVersionedSerialization.readVersionAndDeSerialize(committables, in));
  }
}
