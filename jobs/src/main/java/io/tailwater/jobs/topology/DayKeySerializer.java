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
 * <p>Flink compares the first eight bytes of two keys where they lie, and reads both keys only if
 * these are the same: so day and entity must differ there. The day is how many bytes follow, above
 * 7F from the epoch on and below it before, and its lowest bytes: three in all, from 1970 to 2149.
 * The entity comes in groups of eight bytes, the last one padded with zeros, and behind each group
 * how many count, or {@link #MORE} if another group follows. All bytes but these counts have their
 * highest bit flipped.
 */
final class DayKeySerializer extends ImmutableSerializer<DayKey> {
  private static final long serialVersionUID = 1L;

  private static final int FROM_THE_EPOCH = 0x80;
  private static final int BEFORE_THE_EPOCH = 0x7F;

  /** Flips the highest bit of a byte. */
  private static final int FLIP = 0x80;

  private static final int GROUP = 8;
  private static final int MORE = GROUP + 1;

  @Override
  public DayKey createInstance() {
    return new DayKey(0, new byte[0]);
  }

  @Override
  public void serialize(DayKey key, DataOutputView target) throws IOException {
    writeDay(key.day(), target);
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
    int day = readDay(source);
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

  private static void writeDay(int day, DataOutputView target) throws IOException {
    int magnitude = day >= 0 ? day : ~day;
    int length =
        (Integer.SIZE - Integer.numberOfLeadingZeros(magnitude) + Byte.SIZE - 1) / Byte.SIZE;
    target.writeByte((day >= 0 ? FROM_THE_EPOCH + length : BEFORE_THE_EPOCH - length) ^ FLIP);
    for (int shift = Byte.SIZE * (length - 1); shift >= 0; shift -= Byte.SIZE) {
      target.writeByte((day >>> shift) ^ FLIP);
    }
  }

  private static int readDay(DataInputView source) throws IOException {
    int head = source.readUnsignedByte() ^ FLIP;
    boolean before = head <= BEFORE_THE_EPOCH;
    int length = before ? BEFORE_THE_EPOCH - head : head - FROM_THE_EPOCH;
    int day = before ? -1 : 0;
    for (int i = 0; i < length; i++) {
      day = (day << Byte.SIZE) | (source.readUnsignedByte() ^ FLIP);
    }
    return day;
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
