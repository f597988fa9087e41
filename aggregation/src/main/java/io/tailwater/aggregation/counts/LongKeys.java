// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.counts;

import java.util.Arrays;

/**
 * Keys that are longs.
 *
 * @param keys ascending, not changed by anybody
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
record LongKeys(long[] keys) implements Keys {
  static final LongKeys NONE = new LongKeys(new long[0]);

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
    return Arrays.binarySearch(keys, (Long) key);
  }

  @Override
  public Keys with(int index, Object key) {
    return new LongKeys(Longs.with(keys, index, (Long) key));
  }

  @Override
  public Keys without(int index) {
    return new LongKeys(Longs.without(keys, index));
  }

  @Override
  public Keys slice(int from, int to) {
    return new LongKeys(Arrays.copyOfRange(keys, from, to));
  }

  @Override
  public Keys followedBy(Keys higher) {
    return new LongKeys(Longs.concat(keys, ((LongKeys) higher).keys));
  }

  @Override
  public Object separator(int index) {
    return keys[index];
  }

  @Override
  public int bytes() {
    return keys.length * Long.BYTES;
  }
}
