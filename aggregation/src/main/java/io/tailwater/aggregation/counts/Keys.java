// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.counts;

/**
 * An ascending array of different keys, immutable. Keys stand for values and have their order: a
 * {@link Long}, or bytes that are compared as unsigned ones.
 */
sealed interface Keys permits LongKeys, ByteKeys {
  int size();

  /** The key at an index, as {@link Long} or {@code byte[]}. */
  Object at(int index);

  /** The index of a key; −1 − the index where it would stand if it is not here. */
  int find(Object key);

  /** These keys and one more, which goes to {@code index}. */
  Keys with(int index, Object key);

  /** These keys but the one at {@code index}. */
  Keys without(int index);

  /** The keys from {@code from} to before {@code to}. */
  Keys slice(int from, int to);

  /**
   * These keys and then others of the same class.
   *
   * @param higher keys that are all above these
   */
  Keys followedBy(Keys higher);

  /**
   * The shortest key by which keys up to the one before {@code index} are told from those from
   * there on: above the former, not above the latter.
   *
   * @param index from 1 on
   */
  Object separator(int index);

  /** The bytes that the keys would take one by one. */
  int bytes();
}
