// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.bytes.CorruptBytesException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The event ids of a chunk, in its order, packed as they are written: an event in order appends its
 * own, and no id is an object of its own, of which a log on the heap would have millions.
 *
 * <pre>
 * ids = for each: length (varint), bytes
 * </pre>
 *
 * <p>Those of an open chunk change with it; what has been put into a {@link ChunkStore} is not
 * changed any more. Not thread-safe.
 */
public final class EventIds {
  private static final byte[] NO_BYTES = {};

  private byte[] bytes;
  private int length;
  private int count;

  /** Where the last id begins. */
  private int last;

  EventIds() {
    this(NO_BYTES, 0);
  }

  /** The ids that are packed in {@code bytes}, which is taken over. */
  private EventIds(byte[] bytes, int count) {
    this.bytes = bytes;
    this.length = bytes.length;
    this.count = count;
    this.last = -1;
  }

  /** The number of ids. */
  int size() {
    return count;
  }

  /** Compares an id with the one at {@code index}, byte by byte, unsigned. */
  int compare(byte[] id, int index) {
    int at = offset(index);
    int size = lengthAt(at);
    int from = at + ByteWriter.varLongBytes(size);
    return Arrays.compareUnsigned(id, 0, id.length, bytes, from, from + size);
  }

  /** Inserts an id before {@code index}. */
  void add(int index, byte[] id) {
    int at = index == count ? length : offset(index);
    int grows = ByteWriter.varLongBytes(id.length) + id.length;
    byte[] target = bytes;
    if (length + grows > target.length) {
      target = Arrays.copyOf(bytes, Math.max(length + grows, 2 * length));
    }
    System.arraycopy(bytes, at, target, at + grows, length - at);
    int rest = id.length;
    int position = at;
    while (rest > 0x7F) {
      target[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[position++] = (byte) rest;
    System.arraycopy(id, 0, target, position, id.length);
    last = index == count ? at : -1;
    bytes = target;
    length += grows;
    count++;
  }

  /** The ids from {@code from} to before {@code to}. */
  EventIds slice(int from, int to) {
    return new EventIds(Arrays.copyOfRange(bytes, offsetOrEnd(from), offsetOrEnd(to)), to - from);
  }

  /** Removes the first ids and returns them. */
  EventIds removeFirst(int number) {
    EventIds removed = slice(0, number);
    int from = offsetOrEnd(number);
    // An open chunk soon has as many again.
    System.arraycopy(bytes, from, bytes, 0, length - from);
    length -= from;
    count -= number;
    last = -1;
    return removed;
  }

  /**
   * Some of the ids, each with a byte before it.
   *
   * @param kept the indexes of those, in order
   * @param prefix null for none
   */
  EventIds changed(int[] kept, @Nullable Byte prefix) {
    EventIds changed = new EventIds();
    for (int index : kept) {
      int at = offset(index);
      int size = lengthAt(at);
      int from = at + ByteWriter.varLongBytes(size);
      int head = prefix == null ? 0 : 1;
      byte[] id = new byte[head + size];
      if (prefix != null) {
        id[0] = prefix;
      }
      System.arraycopy(bytes, from, id, head, size);
      changed.add(changed.count, id);
    }
    return changed;
  }

  EventIds copy() {
    return slice(0, count);
  }

  /** Appends number and ids. */
  void write(ByteWriter out) {
    out.writeVarLong(count);
    out.writeBytes(bytes, 0, length);
  }

  /** Reads what {@link #write} wrote, which ends with the bytes. */
  static EventIds read(ByteReader in) {
    int count = Math.toIntExact(in.readVarLong());
    return new EventIds(in.readBytes(in.remaining()), count);
  }

  /** Appends number, length and ids. */
  void writeWithLength(ByteWriter out) {
    out.writeVarLong(count);
    out.writeVarLong(length);
    out.writeBytes(bytes, 0, length);
  }

  /** Reads what {@link #writeWithLength} wrote. */
  static EventIds readWithLength(ByteReader in) {
    int count = Math.toIntExact(in.readVarLong());
    return new EventIds(in.readBytes(Math.toIntExact(in.readVarLong())), count);
  }

  private int offsetOrEnd(int index) {
    return index == count ? length : offset(index);
  }

  private int offset(int index) {
    if (index == count - 1 && last >= 0) {
      return last;
    }
    int at = 0;
    for (int i = 0; i < index; i++) {
      int size = lengthAt(at);
      at += ByteWriter.varLongBytes(size) + size;
    }
    if (index == count - 1) {
      last = at;
    }
    return at;
  }

  private int lengthAt(int at) {
    int size = 0;
    int position = at;
    for (int shift = 0; shift < Integer.SIZE && position < length; shift += 7) {
      int next = bytes[position++];
      size |= (next & 0x7F) << shift;
      if (next >= 0 && size >= 0 && size <= length - position) {
        return size;
      }
      if (next >= 0) {
        break;
      }
    }
    throw new CorruptBytesException(
        "the event id at byte %d of %d has no end".formatted(at, length));
  }
}
