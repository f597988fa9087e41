// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of an entity's log: events in the order (time, event id). Chunks form a doubly linked
 * list in that order.
 *
 * <p>The newest chunk of a log is open: it changes in place and belongs to its {@link EntityState}.
 * A closed chunk is never changed; its event ids are kept apart, since they go earlier.
 */
public final class Chunk {
  /** The {@link #previous()} of the first chunk of a log. */
  public static final long NONE = -1;

  /** The hard limit of events in a chunk. */
  static final int MAX_EVENTS = 63;

  private final long id;
  private final long previous;
  private final long next;
  private int size;
  private long[] times;
  private final Column[] columns;

  /** How many events at the head a page lacks; 0 for the chunk itself. */
  private int dropped;

  Chunk(long id, long previous, long next, int size, long[] times, Column[] columns) {
    this.id = id;
    this.previous = previous;
    this.next = next;
    this.size = size;
    this.times = times;
    this.columns = columns;
  }

  /** The chunk's id, unique in its log; ids say nothing about the order. */
  public long id() {
    return id;
  }

  /** The id of the chunk before this one; {@link #NONE} if there never was one. */
  public long previous() {
    return previous;
  }

  /** The id of the chunk behind this one, which may be the one that is still open. */
  public long next() {
    return next;
  }

  /** The number of events. */
  public int size() {
    return size;
  }

  int dropped() {
    return dropped;
  }

  void dropped(int count) {
    dropped = count;
  }

  /** Whether all of the chunk's events at or after {@code time} are in this copy. */
  boolean reachesBackTo(long time) {
    return dropped == 0 || time >= times[0];
  }

  long timeAt(int index) {
    return times[index];
  }

  long firstTime() {
    return times[0];
  }

  long lastTime() {
    return times[size - 1];
  }

  Column column(int index) {
    return columns[index];
  }

  int columnCount() {
    return columns.length;
  }

  /** The index of the first event at or after {@code time}; {@link #size()} if there is none. */
  int firstAtOrAfter(long time) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Nullable Object[] valuesAt(int index) {
    @Nullable Object[] values = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      values[i] = columns[i].boxedAt(index);
    }
    return values;
  }

  /** Only for an open chunk, or for a copy that nobody else has seen. */
  void insert(int index, long time, @Nullable Object[] values) {
    if (size >= times.length) {
      times = Arrays.copyOf(times, Column.grown(size));
    }
    System.arraycopy(times, index, times, index + 1, size - index);
    times[index] = time;
    for (int i = 0; i < columns.length; i++) {
      columns[i].insert(index, size, values[i]);
    }
    size++;
  }

  /** Only for an open chunk, or for a copy that nobody else has seen. */
  void replace(int index, @Nullable Object[] values) {
    for (int i = 0; i < columns.length; i++) {
      columns[i].set(index, values[i]);
    }
  }

  /** A copy of the events from {@code from} to before {@code to}, under another id and links. */
  Chunk slice(int from, int to, long newId, long newPrevious, long newNext) {
    Column[] slices = new Column[columns.length];
    for (int i = 0; i < columns.length; i++) {
      slices[i] = columns[i].slice(from, to);
    }
    return new Chunk(
        newId, newPrevious, newNext, to - from, Arrays.copyOfRange(times, from, to), slices);
  }

  Chunk copy() {
    return slice(0, size, id, previous, next);
  }

  /** Takes the values over: this chunk must not be changed any more. */
  Chunk withNext(long newNext) {
    return new Chunk(id, previous, newNext, size, times, columns);
  }

  Chunk withPrevious(long newPrevious) {
    return new Chunk(id, newPrevious, next, size, times, columns);
  }
}
