// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.join;

import java.util.Arrays;

/** Numbers the different keys of a subtask's labels, from 0. Open addressing; not thread-safe. */
final class KeyTable {
  /** No such key. */
  static final int ABSENT = -1;

  private static final int INITIAL_SLOTS = 1 << 10;

  private byte[][] keys = new byte[INITIAL_SLOTS / 2][];
  private int[] hashes = new int[INITIAL_SLOTS / 2];
  private int[] slots = emptySlots(INITIAL_SLOTS);
  private int size;

  int size() {
    return size;
  }

  /** The number of the key that stands in {@code bytes}; {@link #ABSENT} if there is none. */
  int find(byte[] bytes, int from, int to, int hash) {
    int mask = slots.length - 1;
    for (int slot = hash & mask; slots[slot] != ABSENT; slot = (slot + 1) & mask) {
      int key = slots[slot];
      if (hashes[key] == hash && Arrays.equals(keys[key], 0, keys[key].length, bytes, from, to)) {
        return key;
      }
    }
    return ABSENT;
  }

  /** The number of the key that stands in {@code bytes}, a new one if it is new. */
  int add(byte[] bytes, int from, int to, int hash) {
    int known = find(bytes, from, to, hash);
    if (known != ABSENT) {
      return known;
    }
    if (size == keys.length) {
      grow();
    }
    keys[size] = Arrays.copyOfRange(bytes, from, to);
    hashes[size] = hash;
    put(size);
    return size++;
  }

  private void grow() {
    keys = Arrays.copyOf(keys, 2 * size);
    hashes = Arrays.copyOf(hashes, 2 * size);
    slots = emptySlots(2 * slots.length);
    for (int key = 0; key < size; key++) {
      put(key);
    }
  }

  private void put(int key) {
    int mask = slots.length - 1;
    int slot = hashes[key] & mask;
    while (slots[slot] != ABSENT) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = key;
  }

  private static int[] emptySlots(int count) {
    int[] empty = new int[count];
    Arrays.fill(empty, ABSENT);
    return empty;
  }
}
