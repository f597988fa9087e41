// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.stores.DeadLetter;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a job in this JVM has brought to its sinks, found by name: safe to read while it runs. */
final class Collected {
  private static final Map<String, Collected> BY_NAME = new ConcurrentHashMap<>();

  private final Map<Object, OnlineVector> online = new ConcurrentHashMap<>();
  private final Map<Object, List<OfflineRow>> offline = new ConcurrentHashMap<>();
  private final List<DeadLetter> deadLetters = new CopyOnWriteArrayList<>();

  static Collected of(String name) {
    return BY_NAME.computeIfAbsent(name, ignored -> new Collected());
  }

  void add(Object element) {
    if (element instanceof OnlineVector vector) {
      online.put(vector.key()[0], vector);
    } else if (element instanceof OfflineRow row) {
      offline.computeIfAbsent(row.key()[0], key -> new CopyOnWriteArrayList<>()).add(row);
    } else {
      deadLetters.add((DeadLetter) element);
    }
  }

  /** The last vector of each customer. */
  Map<Object, OnlineVector> online() {
    return online;
  }

  /** The rows of each customer, in the order in which they came. */
  Map<Object, List<OfflineRow>> offline() {
    return offline;
  }

  /** The number of events that the vectors know of. */
  long events() {
    return online.values().stream().mapToLong(OnlineVector::eventCount).sum();
  }

  /** The number of rows. */
  int rows() {
    return offline.values().stream().mapToInt(List::size).sum();
  }

  /** Whether there are two rows of one customer and instant. */
  boolean hasCorrections() {
    return offline.values().stream()
        .anyMatch(
            rows ->
                rows.stream().mapToLong(OfflineRow::eventTimestamp).distinct().count()
                    < rows.size());
  }

  List<DeadLetter> deadLetters() {
    return deadLetters;
  }
}
