// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.days;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.runtime.io.disk.RandomAccessInputView;
import org.apache.flink.runtime.io.disk.SimpleCollectingOutputView;
import org.apache.flink.runtime.memory.ListMemorySegmentSource;
import org.jspecify.annotations.Nullable;

/**
 * Distributes rows of {@link DayRows} to their days. They lie in memory until that is full, and
 * then go into a file, day by day; at the end each day is put together of what the file has of it,
 * and sorted. Not thread-safe.
 *
 * <p>That is the first pass of a distribution sort (Knuth, The Art of Computer Programming 3,
 * 5.2.5) with a bucket a day. Rows are compared within their day alone, and no runs are merged.
 */
final class DayRuns implements Closeable {
  /** How much of a day is sorted at once. */
  static final int SORTED_BYTES = 16 << 20;

  private static final int FILE_BUFFER = 64 << 10;

  /** A row in memory is a number: its day in the upper bits, where it begins in these. */
  private static final int PLACE_BITS = 36;

  private static final long PLACE_MASK = (1L << PLACE_BITS) - 1;

  private final List<MemorySegment> memory;
  private final int pageSize;
  private final Path file;
  private final TreeMap<Integer, List<Segment>> segments = new TreeMap<>();
  private final ArrayList<MemorySegment> full = new ArrayList<>();
  private @Nullable SimpleCollectingOutputView out;
  private @Nullable FileChannel channel;
  private long[] rows = new long[1 << 10];
  private int size;

  /**
   * @param memory where rows lie, at least a page
   * @param pageSize of each of its pages, a power of two
   * @param file where they go, not there yet
   */
  DayRuns(List<MemorySegment> memory, int pageSize, Path file) {
    this.memory = memory;
    this.pageSize = pageSize;
    this.file = file;
  }

  /** The rows of a day that were in memory at the same time. */
  private record Segment(long start, long end) {}

  /** Takes rows in their order. */
  @FunctionalInterface
  interface Rows {
    /** Takes a row. */
    void accept(byte[] row) throws IOException;
  }

  /**
   * Adds a row.
   *
   * @throws IOException if it cannot be written, or is larger than all of the memory
   */
  void add(byte[] row) throws IOException {
    if (!fits(row)) {
      spill();
      if (!fits(row)) {
        throw new IOException(
            "found a row of %d bytes, and memory for %d: raise taskmanager.memory.managed.size"
                .formatted(row.length, (long) memory.size() * pageSize));
      }
    }
  }

  private boolean fits(byte[] row) throws IOException {
    if (out == null) {
      full.clear();
      out =
          new SimpleCollectingOutputView(
              full, new ListMemorySegmentSource(new ArrayList<>(memory)), pageSize);
    }
    long place = out.getCurrentOffset();
    try {
      out.writeInt(row.length);
      out.write(row);
    } catch (EOFException e) {
      // What of the row is in memory is overwritten after the spill.
      return false;
    }
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, 2 * size);
    }
    rows[size++] = ((long) DayRows.day(row) << PLACE_BITS) | place;
    return true;
  }

  private void spill() throws IOException {
    if (size == 0) {
      return;
    }
    FileChannel open = channel();
    long position = open.position();
    DataOutputStream target =
        new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(open), FILE_BUFFER));
    RandomAccessInputView source = new RandomAccessInputView(full, pageSize);
    Arrays.sort(rows, 0, size);
    byte[] buffer = new byte[pageSize];
    for (int i = 0; i < size; ) {
      int day = dayAt(i);
      long start = position;
      for (; i < size && dayAt(i) == day; i++) {
        source.setReadPosition(rows[i] & PLACE_MASK);
        int length = source.readInt();
        buffer = buffer.length < length ? new byte[length] : buffer;
        source.readFully(buffer, 0, length);
        target.writeInt(length);
        target.write(buffer, 0, length);
        position += Integer.BYTES + length;
      }
      segments.computeIfAbsent(day, none -> new ArrayList<>()).add(new Segment(start, position));
    }
    target.flush();
    size = 0;
    out = null;
  }

  private int dayAt(int row) {
    return (int) (rows[row] >> PLACE_BITS);
  }

  /** Gives all rows, day by day, by {@link DayRows#compare} within a day, and forgets them. */
  void drain(Rows target) throws IOException {
    spill();
    List<byte[]> day = new ArrayList<>();
    for (List<Segment> parts : segments.values()) {
      long bytes = 0;
      for (Segment part : parts) {
        DataInputStream source =
            new DataInputStream(
                new BufferedInputStream(
                    Channels.newInputStream(channel().position(part.start)), FILE_BUFFER));
        for (long position = part.start; position < part.end; ) {
          byte[] row = new byte[source.readInt()];
          source.readFully(row);
          position += Integer.BYTES + row.length;
          bytes += row.length;
          day.add(row);
          if (bytes > SORTED_BYTES) {
            give(day, target);
            bytes = 0;
          }
        }
      }
      give(day, target);
    }
    segments.clear();
  }

  private static void give(List<byte[]> day, Rows target) throws IOException {
    day.sort(DayRows::compare);
    for (byte[] row : day) {
      target.accept(row);
    }
    day.clear();
  }

  private FileChannel channel() throws IOException {
    if (channel == null) {
      channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    }
    return channel;
  }

  /** Deletes the file. */
  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
