// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.oracle;

import java.util.Arrays;

/**
 * An event of one entity.
 *
 * @param time event time in milliseconds since the epoch
 * @param columns its values in the order of the plan's columns; an element is null where the event
 *     has no value
 */
public record NaiveEvent(long time, Object[] columns) {
  /** An event of the given values; a single null stands for one column without a value. */
  public static NaiveEvent of(long time, Object... columns) {
    return new NaiveEvent(time, columns == null ? new Object[] {null} : columns);
  }

  @Override
  public String toString() {
    return time + ": " + Arrays.toString(columns);
  }
}
