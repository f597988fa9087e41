// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What goes on in one run. Flink gives operators copies of what a graph was built with; they find
 * the run by its number, since all of them are in this process.
 *
 * <p>What is measured begins and ends with rows of one stage: when one for the first measured event
 * or behind it comes out, and when one for the last or behind it does, or when enough CPU time has
 * gone. All rows come from one thread, since the parallelism is 1.
 */
final class RunMonitor implements AutoCloseable {
  private static final ConcurrentMap<Integer, RunMonitor> RUNS = new ConcurrentHashMap<>();
  private static final AtomicInteger LAST_NUMBER = new AtomicInteger();

  /** Rows between two looks at the wall's clock, which costs little. */
  private static final int LOOK_EVERY = 64;

  /** Time between two looks at the process's, which costs what a thousand events do. */
  private static final long LOOK_AFTER_NANOS = Duration.ofMillis(50).toNanos();

  private final int number = LAST_NUMBER.incrementAndGet();
  private final Workload workload;
  private final Stage measuredStage;
  private final long limitNanos;
  private final long firstInstant;
  private final long lastInstant;
  private final Map<Stage, AtomicLong> rows = new EnumMap<>(Stage.class);
  private final Map<Stage, Map<Long, List<StepRow>>> samples = new EnumMap<>(Stage.class);
  private @Nullable Reading start;
  private volatile @Nullable Reading end;
  private volatile long generated;
  private long newest = Long.MIN_VALUE;
  private long lastLook = System.nanoTime();

  private RunMonitor(Workload workload, Stage measuredStage, Duration limit) {
    this.workload = workload;
    this.measuredStage = measuredStage;
    this.limitNanos = limit.toNanos();
    this.firstInstant = workload.time(workload.fill());
    this.lastInstant = workload.time(workload.fill() + workload.measured() - 1);
    for (Stage stage : Stage.values()) {
      rows.put(stage, new AtomicLong());
      samples.put(stage, new HashMap<>());
    }
  }

  /**
   * Begins a run.
   *
   * @param measuredStage whose rows tell how far the run has come
   * @param limit the CPU time of the process after which the run is told to end
   */
  static RunMonitor open(Workload workload, Stage measuredStage, Duration limit) {
    RunMonitor monitor = new RunMonitor(workload, measuredStage, limit);
    RUNS.put(monitor.number, monitor);
    return monitor;
  }

  /** The run that is going on under a number. */
  static RunMonitor of(int number) {
    return requireNonNull(RUNS.get(number), "the run is over");
  }

  int number() {
    return number;
  }

  Workload workload() {
    return workload;
  }

  /** Whether events are still to be generated. */
  boolean isGoingOn() {
    return end == null;
  }

  void generated(long events) {
    generated = events;
  }

  /** The number of events that the generator gave: those below that index. */
  long generated() {
    return generated;
  }

  /** A row has come out. */
  <T> void row(Stage stage, T row, RowView<T> view) {
    long count = requireNonNull(rows.get(stage)).incrementAndGet();
    if (stage == measuredStage) {
      measure(count, view.instant(row));
    }
    long customer = view.customer(row);
    if (workload.isSampled(customer)) {
      requireNonNull(samples.get(stage))
          .computeIfAbsent(customer, key -> new ArrayList<>())
          .add(new StepRow(view.instant(row), List.of(view.values(row))));
    }
  }

  private void measure(long count, long instant) {
    if (end != null) {
      return;
    }
    // A correction's instant is behind those before it.
    newest = Math.max(newest, instant);
    Reading first = start;
    if (first == null) {
      if (newest >= firstInstant) {
        start = read(newest);
      }
    } else if (newest >= lastInstant || (count % LOOK_EVERY == 0 && isOver(first))) {
      end = read(newest);
    }
  }

  private boolean isOver(Reading first) {
    long now = System.nanoTime();
    if (now - lastLook < LOOK_AFTER_NANOS) {
      return false;
    }
    lastLook = now;
    return Reading.cpu() - first.cpuNanos() > limitNanos;
  }

  private Reading read(long instant) {
    return Reading.now(workload.eventsUntil(instant), rows(Stage.ARRIVAL) + rows(Stage.FINAL));
  }

  /** How many rows came out, measured or not. */
  long rows(Stage stage) {
    return requireNonNull(rows.get(stage)).get();
  }

  /** All rows of a sampled customer, in the order in which they came out. */
  List<StepRow> sample(Stage stage, long customer) {
    return requireNonNull(samples.get(stage)).getOrDefault(customer, List.of());
  }

  /** What was measured, when the run is over. */
  Measurement measurement() {
    Reading first = requireNonNull(start, "the windows were never full");
    Reading last = requireNonNull(end, "the run ended before it was measured");
    return first.until(last);
  }

  @Override
  public void close() {
    RUNS.remove(number);
  }
}
