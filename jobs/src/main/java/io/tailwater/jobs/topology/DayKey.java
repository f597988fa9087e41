// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import java.util.Arrays;

/**
 * Where a row goes in its table: its day and its entity. In batch mode Flink sorts by it, while its
 * hash is the day's alone: so all rows of a day come to one task, entity by entity.
 *
 * @param day since the epoch
 * @param entity the join keys in bytes that order as the keys do; not changed
 */
record DayKey(int day, byte[] entity) {

  @Override
  public boolean equals(Object other) {
    return other instanceof DayKey that && day == that.day && Arrays.equals(entity, that.entity);
  }

  @Override
  public int hashCode() {
    return day;
  }

  @Override
  public String toString() {
    return day + " " + Arrays.toString(entity);
  }
}
