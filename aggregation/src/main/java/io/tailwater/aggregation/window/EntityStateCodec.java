// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.bytes.CorruptBytesException;
import io.tailwater.aggregation.counts.Page;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of entity states, chunks and chunks' event ids, by one plan. Every value begins with
 * the version of its encoding; which columns and windows it holds is the plan's to say, which the
 * host keeps beside the values.
 *
 * <p>Instants are written relative to the newest event, since they are close to it. A page is
 * written from the first event that a pointer still needs.
 */
public final class EntityStateCodec {
  private static final int VERSION = 1;

  /** Before a frame of the final cursor: it is its own, or the one of the arrival cursor. */
  private static final int OWN = 0;

  private static final int SAME = 1;

  private final Layout layout;
  private final ChunkCodec chunks;

  EntityStateCodec(Layout layout) {
    this.layout = layout;
    this.chunks = new ChunkCodec(layout);
  }

  /** Appends a closed chunk. */
  public void writeChunk(Chunk chunk, ByteWriter out) {
    out.writeByte(VERSION);
    chunks.write(chunk, 0, out);
  }

  /**
   * Reads what {@link #writeChunk} wrote.
   *
   * @throws CorruptBytesException if the bytes are of no known version or end early
   */
  public Chunk readChunk(ByteReader in) {
    checkVersion(in);
    return chunks.read(in, 0);
  }

  /** Appends a page. */
  public void writePage(Page page, ByteWriter out) {
    page.write(out);
  }

  /**
   * Reads what {@link #writePage} wrote.
   *
   * @throws CorruptBytesException if the bytes are of no known version or end early
   */
  public Page readPage(ByteReader in) {
    return Page.read(in);
  }

  /** Appends the event ids of a chunk. */
  public void writeIds(EventIds ids, ByteWriter out) {
    out.writeByte(VERSION);
    ids.write(out);
  }

  /**
   * Reads what {@link #writeIds} wrote, to the end of the bytes.
   *
   * @throws CorruptBytesException if the bytes are of no known version or end early
   */
  public EventIds readIds(ByteReader in) {
    checkVersion(in);
    return EventIds.read(in);
  }

  /** Appends a state. */
  public void writeState(EntityState state, ByteWriter out) {
    out.writeByte(VERSION);
    long base = state.newestEvent;
    out.writeZigZag(base);
    out.writeVarLong(state.eventCount);
    writeInstant(state.arrivalInstant, base, out);
    writeInstant(state.finalInstant, base, out);
    writeInstant(state.lastCreated, base, out);
    writeInstant(state.wakeUp, base, out);
    out.writeVarLong(state.nextChunkId);
    out.writeVarLong(state.nextPageId);
    out.writeVarLong(state.oldestChunk);
    writeInstant(state.oldestChunkLast, base, out);
    out.writeVarLong(state.oldestIds);
    writeInstant(state.oldestIdsLast, base, out);
    out.writeVarLong(state.finger + 1);
    chunks.write(state.open, 0, out);
    state.openIds.writeWithLength(out);
    writePointer(state.pending, base, out);
    for (int i = 0; i < layout.windowCount(); i++) {
      writeFrame(i, state.arrival[i], base, out);
      writeFinished(i, state.arrival[i], state.finished[i], base, out);
      for (int slot = 0; slot < state.base[i].length; slot++) {
        layout.window(i).summary(slot).writeAny(state.base[i][slot], base, out);
      }
    }
    out.writeVarLong(state.pages.size());
    for (Chunk page : state.pages) {
      chunks.write(page, firstNeeded(state, page), out);
    }
  }

  /**
   * Reads what {@link #writeState} wrote.
   *
   * @throws CorruptBytesException if the bytes are of no known version or end early
   */
  public EntityState readState(ByteReader in) {
    checkVersion(in);
    long base = in.readZigZag();
    long eventCount = in.readVarLong();
    long arrivalInstant = readInstant(base, in);
    long finalInstant = readInstant(base, in);
    long lastCreated = readInstant(base, in);
    long wakeUp = readInstant(base, in);
    long nextChunkId = in.readVarLong();
    long nextPageId = in.readVarLong();
    long oldestChunk = in.readVarLong();
    long oldestChunkLast = readInstant(base, in);
    long oldestIds = in.readVarLong();
    long oldestIdsLast = readInstant(base, in);
    long finger = in.readVarLong() - 1;
    Chunk open = chunks.read(in, 1);
    EventIds openIds = EventIds.readWithLength(in);
    Pointer pending = readPointer(base, in);
    Frame[] arrival = new Frame[layout.windowCount()];
    Frame[] finished = new Frame[layout.windowCount()];
    @Nullable Object[][] forgotten = layout.newBase();
    for (int i = 0; i < arrival.length; i++) {
      arrival[i] = readFrame(i, base, in);
      finished[i] = in.readByte() == SAME ? arrival[i].copy() : readFrame(i, base, in);
      for (int slot = 0; slot < forgotten[i].length; slot++) {
        forgotten[i][slot] = layout.window(i).summary(slot).readAny(base, in);
      }
    }
    List<Chunk> pages = new ArrayList<>();
    for (long left = in.readVarLong(); left > 0; left--) {
      pages.add(chunks.read(in, 0));
    }
    EntityState state =
        new EntityState(open, openIds, pending, arrival, finished, forgotten, pages);
    state.newestEvent = base;
    state.eventCount = eventCount;
    state.arrivalInstant = arrivalInstant;
    state.finalInstant = finalInstant;
    state.lastCreated = lastCreated;
    state.wakeUp = wakeUp;
    state.nextChunkId = nextChunkId;
    state.nextPageId = nextPageId;
    state.oldestChunk = oldestChunk;
    state.oldestChunkLast = oldestChunkLast;
    state.oldestIds = oldestIds;
    state.oldestIdsLast = oldestIdsLast;
    state.finger = finger;
    return state;
  }

  /** The first event of a page that one of the pointers in it still needs. */
  private static int firstNeeded(EntityState state, Chunk page) {
    long time = page.lastTime();
    time = Math.min(time, earliestIn(page.id(), state.pending));
    time = Math.min(time, earliestIn(page.id(), state.arrival));
    time = Math.min(time, earliestIn(page.id(), state.finished));
    return page.firstAtOrAfter(time);
  }

  private static long earliestIn(long chunk, Frame[] frames) {
    long time = Long.MAX_VALUE;
    for (Frame frame : frames) {
      time = Math.min(time, earliestIn(chunk, frame.tail));
      if (frame.head != null) {
        time = Math.min(time, earliestIn(chunk, frame.head));
      }
    }
    return time;
  }

  private static long earliestIn(long chunk, Pointer pointer) {
    return pointer.chunk == chunk ? pointer.time : Long.MAX_VALUE;
  }

  /** Of an entity to which nothing has happened for a while, both cursors' frames are the same. */
  private void writeFinished(int window, Frame arrival, Frame finished, long base, ByteWriter out) {
    if (!layout.keepsOrder() && finished.holdsTheEventsOf(arrival)) {
      out.writeByte(SAME);
    } else {
      out.writeByte(OWN);
      writeFrame(window, finished, base, out);
    }
  }

  private void writeFrame(int window, Frame frame, long base, ByteWriter out) {
    writePointer(frame.tail, base, out);
    if (frame.head != null) {
      writePointer(frame.head, base, out);
    }
    out.writeVarLong(frame.count);
    for (Cell cell : frame.cells) {
      cell.write(out);
    }
    if (layout.window(window).hasSummaries()) {
      SegmentsCodec.write(layout.window(window), frame.segments, base, out);
    }
  }

  private Frame readFrame(int window, long base, ByteReader in) {
    WindowLayout windowLayout = layout.window(window);
    Pointer tail = readPointer(base, in);
    Pointer head = windowLayout.lags() ? readPointer(base, in) : null;
    long count = in.readVarLong();
    Cell[] cells = windowLayout.newCells();
    for (Cell cell : cells) {
      cell.read(in);
    }
    Segments segments =
        windowLayout.hasSummaries() ? SegmentsCodec.read(windowLayout, base, in) : new Segments();
    Frame frame = new Frame(tail, head, cells, segments);
    frame.count = count;
    return frame;
  }

  private static void writePointer(Pointer pointer, long base, ByteWriter out) {
    out.writeVarLong(pointer.chunk);
    writeInstant(pointer.time, base, out);
  }

  private static Pointer readPointer(long base, ByteReader in) {
    long chunk = in.readVarLong();
    return new Pointer(chunk, readInstant(base, in));
  }

  /** The difference wraps around for the instants that stand for "never", and back when read. */
  static void writeInstant(long instant, long base, ByteWriter out) {
    out.writeZigZag(instant - base);
  }

  static long readInstant(long base, ByteReader in) {
    return base + in.readZigZag();
  }

  private static void checkVersion(ByteReader in) {
    int version = in.readByte();
    if (version != VERSION) {
      throw new CorruptBytesException(
          "state of encoding version %d; this build reads version %d".formatted(version, VERSION));
    }
  }
}
