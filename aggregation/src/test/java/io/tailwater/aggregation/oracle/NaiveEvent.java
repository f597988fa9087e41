// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.oracle;

import java.util.Arrays;
import java.util.Comparator;

/**
 * An event of one entity.
 *
 * @param time event time in milliseconds since the epoch
 * @param id its event id; among events of the same time those with lesser ids, as unsigned bytes,
 *     come first
 * @param columns its values in the order of the plan's columns; an element is null where the event
 *     has no value
 */
public record NaiveEvent(long time, byte[] id, Object[] columns) {
  static final Comparator<NaiveEvent> ORDER =
      Comparator.comparingLong(NaiveEvent::time)
          .thenComparing(NaiveEvent::id, Arrays::compareUnsigned);

  /**
   * An event of the given values, where the order of events at one instant does not matter; a
   * single null stands for one column without a value.
   */
  public static NaiveEvent of(long time, Object... columns) {
    return new NaiveEvent(time, new byte[0], columns == null ? new Object[] {null} : columns);
  }

  /** This event with an id of one byte, 0 to 255. */
  NaiveEvent withId(int unsignedByte) {
    return new NaiveEvent(time, new byte[] {(byte) unsignedByte}, columns);
  }

  /** The value of a column; −0.0 is 0.0. */
  Object value(int column) {
    Object value = columns[column];
    if (value instanceof Double number) {
      return number + 0.0;
    }
    if (value instanceof String text) {
      return text.codePoints()
          .map(
              point ->
                  point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                      ? '?'
                      : point)
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString();
    }
    return value instanceof Float number ? (Object) (number + 0.0f) : value;
  }

  @Override
  public String toString() {
    return time + " " + Arrays.toString(id) + ": " + Arrays.toString(columns);
  }
}
