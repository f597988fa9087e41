// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.stores.DeadLetter;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.TaskInfo;

/** What a job in this JVM has brought to its sinks, found by name: safe to read while it runs. */
final class Collected {
  private static final Map<String, Collected> BY_NAME = new ConcurrentHashMap<>();

  private final Map<Object, OnlineVector> online = new ConcurrentHashMap<>();
  private final Map<Object, List<OfflineRow>> offline = new ConcurrentHashMap<>();
  private final List<DeadLetter> deadLetters = new CopyOnWriteArrayList<>();

  private final Map<Integer, Reached> watermarks = new ConcurrentHashMap<>();
  private final AtomicBoolean fails = new AtomicBoolean();

  /** How far a subtask has come in one of its lives. */
  private record Reached(int attempt, int subtasks, long watermark) {}

  static Collected of(String name) {
    return BY_NAME.computeIfAbsent(name, ignored -> new Collected());
  }

  void add(Object element) throws IOException {
    if (fails.compareAndSet(true, false)) {
      throw new IOException("the failure that the test asked for");
    }
    if (element instanceof OnlineVector vector) {
      online.put(vector.key()[0], vector);
    } else if (element instanceof OfflineRow row) {
      offline.computeIfAbsent(row.key()[0], key -> new CopyOnWriteArrayList<>()).add(row);
    } else {
      deadLetters.add((DeadLetter) element);
    }
  }

  void watermark(TaskInfo task, long watermark) {
    watermarks.put(
        task.getIndexOfThisSubtask(),
        new Reached(task.getAttemptNumber(), task.getNumberOfParallelSubtasks(), watermark));
  }

  /** Up to where all rows have come, as the latest attempt of all tasks says; corrections wait. */
  long watermark() {
    List<Reached> reached = List.copyOf(watermarks.values());
    boolean complete =
        !reached.isEmpty()
            && reached.size() == reached.get(0).subtasks()
            && reached.stream().mapToInt(Reached::attempt).distinct().count() == 1;
    return complete
        ? reached.stream().mapToLong(Reached::watermark).min().getAsLong()
        : Long.MIN_VALUE;
  }

  /** Another job takes over: what the one before it has reached says nothing. */
  void forgetWatermarks() {
    watermarks.clear();
  }

  /** The next element that comes makes its task fail. */
  void failOnce() {
    fails.set(true);
  }

  /** Whether the failure is still to come. */
  boolean isAboutToFail() {
    return fails.get();
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
