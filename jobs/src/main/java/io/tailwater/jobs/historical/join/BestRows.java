// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.join;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * For each label the row of one view that it sees: the latest {@code event_timestamp} that is not
 * after its instant, then the latest {@code created_timestamp}.
 *
 * <p>Rows come in any order. A row is kept at the first of its key's instants that sees it, if it
 * is the best one there; when all have come, each instant takes over what the one before it has, if
 * that is better. So a row costs a hash look-up and a binary search, and memory is that of labels.
 * Not thread-safe.
 *
 * <p>A block of rows holds for each: the hash of its key (int), the key's length (int), the key,
 * event and created timestamp (long each), the length of the values (int) and the values.
 */
final class BestRows {
  private final LabelTable labels;
  private final boolean before;
  private final @Nullable Long ttl;
  private final long[] events;
  private final long[] created;
  private final byte[] @Nullable [] values;

  /**
   * @param labels sorted
   * @param before whether a label sees only rows before its instant
   * @param ttl for how long after its event timestamp a row is good, in milliseconds; null for ever
   */
  BestRows(LabelTable labels, boolean before, @Nullable Long ttl) {
    this.labels = labels;
    this.before = before;
    this.ttl = ttl;
    this.events = new long[labels.places()];
    this.created = new long[labels.places()];
    this.values = new byte[labels.places()][];
  }

  /** Offers the rows of a block. */
  void offer(byte[] block) {
    int at = 0;
    while (at < block.length) {
      int hash = BigEndian.intAt(block, at);
      int keyFrom = at + 2 * Integer.BYTES;
      int keyTo = keyFrom + BigEndian.intAt(block, at + Integer.BYTES);
      int from = keyTo + 2 * Long.BYTES + Integer.BYTES;
      int to = from + BigEndian.intAt(block, from - Integer.BYTES);
      int key = labels.key(block, keyFrom, keyTo, hash);
      if (key != KeyTable.ABSENT) {
        long event = BigEndian.longAt(block, keyTo);
        offer(key, event, BigEndian.longAt(block, keyTo + Long.BYTES), block, from, to);
      }
      at = to;
    }
  }

  private void offer(int key, long event, long made, byte[] block, int from, int to) {
    int place = firstThatSees(key, event);
    if (place < labels.end(key) && isBetter(place, event, made, block, from, to)) {
      events[place] = event;
      created[place] = made;
      values[place] = Arrays.copyOfRange(block, from, to);
    }
  }

  private int firstThatSees(int key, long event) {
    if (!before) {
      return labels.firstAtOrAfter(key, event);
    }
    return event == Long.MAX_VALUE ? labels.end(key) : labels.firstAtOrAfter(key, event + 1);
  }

  /** Of rows with the same timestamps the one with the greatest bytes, so that order is nothing. */
  private boolean isBetter(int place, long event, long made, byte[] bytes, int from, int to) {
    byte[] old = values[place];
    if (old == null || event != events[place]) {
      return old == null || event > events[place];
    }
    if (made != created[place]) {
      return made > created[place];
    }
    return Arrays.compareUnsigned(bytes, from, to, old, 0, old.length) > 0;
  }

  /** Lets each instant have what the ones before it of its key have seen; no rows come after. */
  void settle() {
    for (int key = 0; key < labels.keys(); key++) {
      for (int place = labels.start(key) + 1; place < labels.end(key); place++) {
        byte[] earlier = values[place - 1];
        if (earlier != null
            && isBetter(place, events[place - 1], created[place - 1], earlier, 0, earlier.length)) {
          events[place] = events[place - 1];
          created[place] = created[place - 1];
          values[place] = earlier;
        }
      }
    }
  }

  /** The values of the row that a label sees; null if there is none, or its ttl is over. */
  byte @Nullable [] valuesFor(int label) {
    int place = labels.place(label);
    if (place == LabelTable.NOWHERE) {
      return null;
    }
    return isOver(events[place], labels.instant(label)) ? null : values[place];
  }

  private boolean isOver(long event, long instant) {
    if (ttl == null) {
      return false;
    }
    long end = event + ttl;
    // Beyond the end of time nothing is over.
    return end >= event && instant > end;
  }
}
