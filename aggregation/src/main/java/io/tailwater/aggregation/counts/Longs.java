// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.counts;

import java.util.Arrays;

/** Changed copies of arrays of longs. */
final class Longs {
  private Longs() {}

  static long[] with(long[] array, int index, long value) {
    long[] more = new long[array.length + 1];
    System.arraycopy(array, 0, more, 0, index);
    more[index] = value;
    System.arraycopy(array, index, more, index + 1, array.length - index);
    return more;
  }

  static long[] without(long[] array, int index) {
    long[] fewer = new long[array.length - 1];
    System.arraycopy(array, 0, fewer, 0, index);
    System.arraycopy(array, index + 1, fewer, index, fewer.length - index);
    return fewer;
  }

  static long[] concat(long[] first, long[] second) {
    long[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
