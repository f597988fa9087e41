// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of days whose files are not open, up to a number in all.
 *
 * @param <T> the rows
 */
final class WaitingRows<T> {
  private final int capacity;
  private final Map<Long, List<T>> days = new HashMap<>();
  private int size;

  WaitingRows(int capacity) {
    this.capacity = capacity;
  }

  void add(long day, T row) {
    days.computeIfAbsent(day, newDay -> new ArrayList<>()).add(row);
    size++;
  }

  boolean isEmpty() {
    return size == 0;
  }

  boolean isFull() {
    return size >= capacity;
  }

  /** The day with most rows; there must be one. */
  long largestDay() {
    long largest = 0;
    int most = 0;
    for (Map.Entry<Long, List<T>> day : days.entrySet()) {
      if (day.getValue().size() > most) {
        largest = day.getKey();
        most = day.getValue().size();
      }
    }
    return largest;
  }

  /** Takes out the rows of a day, in the order in which they came. */
  List<T> remove(long day) {
    List<T> rows = days.remove(day);
    if (rows == null) {
      return List.of();
    }
    size -= rows.size();
    return rows;
  }
}
