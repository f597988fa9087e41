// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.sinks.types.ImmutableSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Bytes in the order of the keys: by day, then by entity. In batch mode Flink sorts by a key's
 * bytes, and takes each as signed.
 *
 * <p>The day takes four bytes. The entity comes in groups of eight bytes, the last one padded with
 * zeros, and behind each group how many count, or {@link #MORE} if another group follows. All bytes
 * but the day's first and these counts have their highest bit flipped.
 */
final class DayKeySerializer extends ImmutableSerializer<DayKey> {
  private static final long serialVersionUID = 1L;

  private static final int UNSIGNED_DAY = 0x00_80_80_80;
  private static final int GROUP = 8;
  private static final int MORE = GROUP + 1;

  @Override
  public DayKey createInstance() {
    return new DayKey(0, new byte[0]);
  }

  @Override
  public void serialize(DayKey key, DataOutputView target) throws IOException {
    target.writeInt(key.day() ^ UNSIGNED_DAY);
    byte[] entity = key.entity();
    int start = 0;
    do {
      int count = Math.min(GROUP, entity.length - start);
      for (int i = 0; i < GROUP; i++) {
        target.writeByte((i < count ? entity[start + i] : 0) ^ Byte.MIN_VALUE);
      }
      start += count;
      target.writeByte(start < entity.length ? MORE : count);
    } while (start < entity.length);
  }

  @Override
  public DayKey deserialize(DataInputView source) throws IOException {
    int day = source.readInt() ^ UNSIGNED_DAY;
    ByteArrayOutputStream entity = new ByteArrayOutputStream();
    byte[] group = new byte[GROUP];
    int count;
    do {
      source.readFully(group);
      for (int i = 0; i < GROUP; i++) {
        group[i] ^= Byte.MIN_VALUE;
      }
      count = source.readByte();
      entity.write(group, 0, Math.min(count, GROUP));
    } while (count == MORE);
    return new DayKey(day, entity.toByteArray());
  }

  @Override
  public TypeSerializerSnapshot<DayKey> snapshotConfiguration() {
    return new DayKeySerializerSnapshot();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DayKeySerializer;
  }

  @Override
  public int hashCode() {
    return DayKeySerializer.class.hashCode();
  }
}
