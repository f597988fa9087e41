// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;

/**
 * The values of the first events, the first one first, or of the last ones, the last one first: a
 * {@link TimedValues} from the outside in.
 */
final class Ends extends ColumnSummary {
  private final boolean firsts;
  private final int most;

  /**
   * @param most how many values are kept
   */
  Ends(int column, ValueType type, boolean firsts, int most) {
    super(column, type);
    this.firsts = firsts;
    this.most = most;
  }

  /** Whether an event of the first time stands further out than one of the second. */
  private boolean isOutside(long time, long other) {
    return firsts ? time < other : time > other;
  }

  @Override
  Object of(Object value, long time) {
    return TimedValues.of(value, time);
  }

  @Override
  Object with(Object summary, Object value, long time, boolean last) {
    TimedValues ends = (TimedValues) summary;
    boolean full = ends.size() == most;
    if (last) {
      if (!firsts) {
        return ends.inserted(0, value, time, most);
      }
      return full ? ends : ends.inserted(ends.size(), value, time, most);
    }
    if (full && isOutside(ends.time(most - 1), time)) {
      return ends;
    }
    if (ends.hasTime(time)) {
      return UNKNOWN;
    }
    int index = 0;
    while (index < ends.size() && isOutside(ends.time(index), time)) {
      index++;
    }
    return ends.inserted(index, value, time, most);
  }

  @Override
  Object join(Object earlier, Object later) {
    TimedValues outer = (TimedValues) (firsts ? earlier : later);
    TimedValues inner = (TimedValues) (firsts ? later : earlier);
    TimedValues joined = outer;
    for (int i = 0; i < inner.size() && joined.size() < most; i++) {
      joined = joined.inserted(joined.size(), inner.values().get(i), inner.time(i), most);
    }
    return joined;
  }

  @Override
  boolean minds(Object summary, Object value, long time) {
    TimedValues ends = (TimedValues) summary;
    return !isOutside(ends.time(ends.size() - 1), time);
  }

  @Override
  Object result(Object summary) {
    return ((TimedValues) summary).values();
  }

  @Override
  void write(Object summary, long base, ByteWriter out) {
    ((TimedValues) summary).write(base, out);
  }

  @Override
  Object read(long base, ByteReader in) {
    return TimedValues.read(type(), base, in);
  }
}
