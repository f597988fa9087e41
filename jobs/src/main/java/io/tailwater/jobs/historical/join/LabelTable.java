// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.join;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The labels that one subtask of the join has: for each key their instants in order, and for each
 * label where its instant stands among these. Some 30 bytes a label, and the keys. Not thread-safe.
 *
 * <p>A block of labels holds for each: its row within the chunk (int), the length of its key (int;
 * −1 for a label without one), the key, and its instant in milliseconds (long). Blocks come in the
 * order of their chunks, one a chunk, empty ones too.
 */
final class LabelTable {
  /** The place of a label without a key. */
  static final int NOWHERE = -1;

  private final KeyTable keys = new KeyTable();
  private final List<Integer> chunkEnds = new ArrayList<>();
  private int[] rows = new int[Block.ROWS];
  private int[] keyOf = new int[Block.ROWS];
  private long[] instants = new long[Block.ROWS];
  private int size;
  private int[] starts = {};
  private long[] sorted = {};

  /** Adds the labels of a block. */
  void add(byte[] block) {
    int at = 0;
    while (at < block.length) {
      int row = BigEndian.intAt(block, at);
      int length = BigEndian.intAt(block, at + Integer.BYTES);
      int from = at + 2 * Integer.BYTES;
      int to = from + Math.max(length, 0);
      int key =
          length < 0 ? KeyTable.ABSENT : keys.add(block, from, to, KeyHash.of(block, from, to));
      add(row, key, BigEndian.longAt(block, to));
      at = to + Long.BYTES;
    }
    chunkEnds.add(size);
  }

  private void add(int row, int key, long instant) {
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, 2 * size);
      keyOf = Arrays.copyOf(keyOf, 2 * size);
      instants = Arrays.copyOf(instants, 2 * size);
    }
    rows[size] = row;
    keyOf[size] = key;
    instants[size] = instant;
    size++;
  }

  /** Puts each key's instants in order; no labels come after this. */
  void sort() {
    starts = new int[keys.size() + 1];
    for (int i = 0; i < size; i++) {
      if (keyOf[i] != KeyTable.ABSENT) {
        starts[keyOf[i] + 1]++;
      }
    }
    for (int key = 0; key < keys.size(); key++) {
      starts[key + 1] += starts[key];
    }
    int[] next = starts.clone();
    sorted = new long[starts[keys.size()]];
    for (int i = 0; i < size; i++) {
      if (keyOf[i] != KeyTable.ABSENT) {
        sorted[next[keyOf[i]]++] = instants[i];
      }
    }
    for (int key = 0; key < keys.size(); key++) {
      Arrays.sort(sorted, starts[key], starts[key + 1]);
    }
  }

  /** How many places there are: one a label that has a key, each key's side by side. */
  int places() {
    return sorted.length;
  }

  /** The number of the key that stands in {@code bytes}; {@link KeyTable#ABSENT} if unknown. */
  int key(byte[] bytes, int from, int to, int hash) {
    return keys.find(bytes, from, to, hash);
  }

  int keys() {
    return keys.size();
  }

  /** The first place of a key. */
  int start(int key) {
    return starts[key];
  }

  /** The place behind the last one of a key. */
  int end(int key) {
    return starts[key + 1];
  }

  /** The first place of a key whose instant is at or after {@code instant}; its end if none is. */
  int firstAtOrAfter(int key, long instant) {
    int low = start(key);
    int high = end(key);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < instant) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  int size() {
    return size;
  }

  int chunks() {
    return chunkEnds.size();
  }

  /** The number of the label behind the last one of a chunk. */
  int chunkEnd(int chunk) {
    return chunkEnds.get(chunk);
  }

  /** The row of a label within its chunk. */
  int row(int label) {
    return rows[label];
  }

  long instant(int label) {
    return instants[label];
  }

  /** The place of a label; labels of one key and instant share one. */
  int place(int label) {
    return keyOf[label] == KeyTable.ABSENT
        ? NOWHERE
        : firstAtOrAfter(keyOf[label], instants[label]);
  }
}
