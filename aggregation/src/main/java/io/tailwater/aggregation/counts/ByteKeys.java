// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.counts;

import java.util.Arrays;

/**
 * Keys that are bytes, ordered as unsigned ones from the first on.
 *
 * @param keys ascending, not changed by anybody
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
record ByteKeys(byte[][] keys) implements Keys {
  static final ByteKeys NONE = new ByteKeys(new byte[0][]);

  @Override
  public int size() {
    return keys.length;
  }

  @Override
  public Object at(int index) {
    return keys[index];
  }

  @Override
  public int find(Object key) {
    return Arrays.binarySearch(keys, (byte[]) key, Arrays::compareUnsigned);
  }

  @Override
  public Keys with(int index, Object key) {
    byte[][] more = new byte[keys.length + 1][];
    System.arraycopy(keys, 0, more, 0, index);
    more[index] = (byte[]) key;
    System.arraycopy(keys, index, more, index + 1, keys.length - index);
    return new ByteKeys(more);
  }

  @Override
  public Keys without(int index) {
    byte[][] fewer = new byte[keys.length - 1][];
    System.arraycopy(keys, 0, fewer, 0, index);
    System.arraycopy(keys, index + 1, fewer, index, fewer.length - index);
    return new ByteKeys(fewer);
  }

  @Override
  public Keys slice(int from, int to) {
    return new ByteKeys(Arrays.copyOfRange(keys, from, to));
  }

  @Override
  public Keys followedBy(Keys higher) {
    byte[][] others = ((ByteKeys) higher).keys;
    byte[][] all = Arrays.copyOf(keys, keys.length + others.length);
    System.arraycopy(others, 0, all, keys.length, others.length);
    return new ByteKeys(all);
  }

  /** The bytes of the higher key up to the first that the lower one does not have. */
  @Override
  public Object separator(int index) {
    return Arrays.copyOf(keys[index], sharedBytes(keys[index - 1], keys[index]) + 1);
  }

  @Override
  public int bytes() {
    int bytes = 0;
    for (byte[] key : keys) {
      bytes += key.length;
    }
    return bytes;
  }

  /** How many bytes two keys begin with alike. */
  static int sharedBytes(byte[] left, byte[] right) {
    int mismatch = Arrays.mismatch(left, right);
    return mismatch < 0 ? left.length : mismatch;
  }
}
