// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A few values with the times of their events, in an order that the owner knows.
 *
 * @param values the values
 * @param times as many times
 */
record TimedValues(List<Object> values, List<Long> times) {
  static TimedValues of(Object value, long time) {
    return new TimedValues(List.of(value), List.of(time));
  }

  int size() {
    return values.size();
  }

  long time(int index) {
    return times.get(index);
  }

  /** Whether an event of the time may stand before or behind one of these: only ids could tell. */
  boolean hasTime(long time) {
    return times.contains(time);
  }

  /** With one more at {@code index}; of more than {@code most} the last one goes. */
  TimedValues inserted(int index, Object value, long time, int most) {
    List<Object> newValues = new ArrayList<>(values);
    List<Long> newTimes = new ArrayList<>(times);
    newValues.add(index, value);
    newTimes.add(index, time);
    if (newValues.size() > most) {
      newValues.remove(most);
      newTimes.remove(most);
    }
    return new TimedValues(newValues, newTimes);
  }

  TimedValues without(int index) {
    List<Object> newValues = new ArrayList<>(values);
    List<Long> newTimes = new ArrayList<>(times);
    newValues.remove(index);
    newTimes.remove(index);
    return new TimedValues(newValues, newTimes);
  }

  void write(long base, ByteWriter out) {
    out.writeVarLong(size());
    for (int i = 0; i < size(); i++) {
      EntityStateCodec.writeInstant(time(i), base, out);
      ValueCodec.write(values.get(i), out);
    }
  }

  static TimedValues read(ValueType type, long base, ByteReader in) {
    int size = Math.toIntExact(in.readVarLong());
    List<Object> values = new ArrayList<>(size);
    List<Long> times = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      times.add(EntityStateCodec.readInstant(base, in));
      values.add(ValueCodec.read(type, in));
    }
    return new TimedValues(values, times);
  }
}
