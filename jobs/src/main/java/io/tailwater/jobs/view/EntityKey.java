// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * The key of an entity: the values of its join keys in order, of their types' Java classes. Equal
 * by content, with a hash that is the same in every process, as Flink's keys must be.
 */
public final class EntityKey {
  private final Object[] values;
  private final int hash;

  /**
   * @param values none null; not changed any more
   */
  public EntityKey(Object[] values) {
    this.values = requireNonNull(values, "values is null");
    this.hash = Arrays.deepHashCode(values);
  }

  /** The values; not to be changed. */
  public Object[] values() {
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EntityKey that && hash == that.hash && haveSame(values, that.values);
  }

  /** Most keys have one part, and none has an array for it. */
  private static boolean haveSame(Object[] some, Object[] others) {
    boolean single = some.length == 1 && others.length == 1 && !(some[0] instanceof byte[]);
    return single ? some[0].equals(others[0]) : Arrays.deepEquals(some, others);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return Arrays.deepToString(values);
  }
}
