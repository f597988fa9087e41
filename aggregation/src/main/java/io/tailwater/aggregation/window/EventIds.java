// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/**
 * The event ids of an open chunk. Those that were read stay bytes until one of them is asked for:
 * an event in order only adds its own.
 *
 * <pre>
 * ids = number, number of bytes of what follows; then length and bytes of each (varints)
 * </pre>
 */
final class EventIds extends AbstractList<byte[]> {
  private static final byte[] NO_BYTES = {};

  /** The first {@code encodedCount} ids as they are written. */
  private byte[] encoded = NO_BYTES;

  private int encodedCount;

  /** The ids behind them. */
  private final List<byte[]> decoded;

  EventIds() {
    this.decoded = new ArrayList<>();
  }

  private EventIds(byte[] encoded, int encodedCount, List<byte[]> decoded) {
    this.encoded = encoded;
    this.encodedCount = encodedCount;
    this.decoded = decoded;
  }

  static EventIds read(ByteReader in) {
    int count = Math.toIntExact(in.readVarLong());
    byte[] bytes = in.readBytes(Math.toIntExact(in.readVarLong()));
    return new EventIds(bytes, count, new ArrayList<>(2));
  }

  void write(ByteWriter out) {
    long length = encoded.length;
    for (byte[] id : decoded) {
      length += ByteWriter.varLongBytes(id.length) + id.length;
    }
    out.writeVarLong(size());
    out.writeVarLong(length);
    out.writeBytes(encoded);
    for (byte[] id : decoded) {
      out.writeVarLong(id.length);
      out.writeBytes(id);
    }
  }

  EventIds copy() {
    return new EventIds(encoded, encodedCount, new ArrayList<>(decoded));
  }

  @Override
  public int size() {
    return encodedCount + decoded.size();
  }

  @Override
  public byte[] get(int index) {
    return decoded().get(index);
  }

  @Override
  public void add(int index, byte[] id) {
    if (index == size()) {
      decoded.add(id);
    } else {
      decoded().add(index, id);
    }
  }

  /** Removes the first ids and returns them. */
  byte[][] removeFirst(int count) {
    List<byte[]> first = decoded().subList(0, count);
    byte[][] removed = first.toArray(new byte[0][]);
    first.clear();
    return removed;
  }

  private List<byte[]> decoded() {
    if (encodedCount > 0) {
      ByteReader in = new ByteReader(encoded);
      List<byte[]> first = new ArrayList<>(encodedCount);
      for (int i = 0; i < encodedCount; i++) {
        first.add(in.readBytes(Math.toIntExact(in.readVarLong())));
      }
      decoded.addAll(0, first);
      encoded = NO_BYTES;
      encodedCount = 0;
    }
    return decoded;
  }
}
