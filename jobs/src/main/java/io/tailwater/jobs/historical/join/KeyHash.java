// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.join;

/** The hash of a key's bytes: it decides which subtask of the join has the key. */
final class KeyHash {
  private static final int FACTOR = 31;

  private KeyHash() {}

  static int of(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = FACTOR * hash + bytes[i];
    }
    return mixed(hash);
  }

  /** Spreads over {@code partitions}, with other bits than those that {@link KeyTable} uses. */
  static int partition(int hash, int partitions) {
    return (int) (((hash & 0xFFFF_FFFFL) * partitions) >>> Integer.SIZE);
  }

  // The finalizer of MurmurHash3: neighbouring numbers get unlike bits.
  private static int mixed(int hash) {
    int h = hash;
    h ^= h >>> 16;
    h *= 0x85EB_CA6B;
    h ^= h >>> 13;
    h *= 0xC2B2_AE35;
    return h ^ (h >>> 16);
  }
}
