// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;

/** The different values seen last, the last one first: each with when it was seen last. */
final class LastDistinct extends ColumnSummary {
  private final int most;

  /**
   * @param most how many values are kept
   */
  LastDistinct(int column, ValueType type, int most) {
    super(column, type);
    this.most = most;
  }

  @Override
  Object of(Object value, long time) {
    return TimedValues.of(value, time);
  }

  @Override
  Object with(Object summary, Object value, long time, boolean last) {
    TimedValues seen = (TimedValues) summary;
    int present = seen.values().indexOf(value);
    if (last) {
      return (present < 0 ? seen : seen.without(present)).inserted(0, value, time, most);
    }
    if (present >= 0) {
      if (time < seen.time(present)) {
        return seen;
      }
      seen = seen.without(present);
    } else if (seen.size() == most && time < seen.time(most - 1)) {
      return seen;
    }
    if (seen.hasTime(time)) {
      return UNKNOWN;
    }
    int index = 0;
    while (index < seen.size() && seen.time(index) > time) {
      index++;
    }
    return seen.inserted(index, value, time, most);
  }

  @Override
  Object join(Object earlier, Object later) {
    TimedValues joined = (TimedValues) later;
    TimedValues older = (TimedValues) earlier;
    for (int i = 0; i < older.size() && joined.size() < most; i++) {
      if (!joined.values().contains(older.values().get(i))) {
        joined = joined.inserted(joined.size(), older.values().get(i), older.time(i), most);
      }
    }
    return joined;
  }

  @Override
  boolean minds(Object summary, Object value, long time) {
    TimedValues seen = (TimedValues) summary;
    int present = seen.values().indexOf(value);
    return present < 0 ? seen.size() < most : seen.time(present) <= time;
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
