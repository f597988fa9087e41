// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Gives the events of a workload until its run has been measured; then only time passes. An event
 * that is late waits until others have brought time to where it comes.
 */
final class Generator<T> extends RichFlatMapFunction<Long, T> {
  private record Late(long due, long index) {}

  /** Makes a contender's event from the index of one. */
  interface Shape<T> extends Serializable {
    T event(Workload workload, long index);
  }

  private static final long serialVersionUID = 1L;
  private static final Duration OUT_OF_ORDERNESS = Duration.ofSeconds(5);

  private final Workload workload;
  private final Shape<T> shape;
  private final int run;
  private transient @Nullable RunMonitor monitor;
  private transient @Nullable PriorityQueue<Late> waiting;
  private long taken;

  private Generator(Workload workload, Shape<T> shape, int run) {
    this.workload = workload;
    this.shape = shape;
    this.run = run;
  }

  /** The watermarks of a stream that may be a little out of order. */
  static WatermarkStrategy<Long> watermarks() {
    return WatermarkStrategy.forBoundedOutOfOrderness(OUT_OF_ORDERNESS);
  }

  /** The same ones, every few events. */
  static WatermarkStrategy<Long> promptWatermarks() {
    return WatermarkStrategy.forGenerator(context -> new PromptWatermarks(OUT_OF_ORDERNESS));
  }

  /** The events of a run, with timestamps. */
  static <T> DataStream<T> attach(
      StreamExecutionEnvironment env,
      RunMonitor run,
      WatermarkStrategy<Long> watermarks,
      Shape<T> shape,
      TypeInformation<T> type) {
    Workload workload = run.workload();
    return env.fromSequence(0, workload.endOfTime() - 1)
        .assignTimestampsAndWatermarks(
            watermarks.withTimestampAssigner((index, previous) -> workload.time(index)))
        .flatMap(new Generator<>(workload, shape, run.number()), type);
  }

  @Override
  public void open(OpenContext context) {
    monitor = RunMonitor.of(run);
    waiting = new PriorityQueue<>(Comparator.comparingLong(Late::due));
  }

  @Override
  public void flatMap(Long index, Collector<T> out) {
    RunMonitor current = requireNonNull(monitor);
    PriorityQueue<Late> late = requireNonNull(waiting);
    if (!late.isEmpty()) {
      giveDue(late, workload.time(index), out);
    }
    if (index < workload.end() && current.isGoingOn()) {
      long delay = workload.delay(index);
      if (delay == 0) {
        out.collect(shape.event(workload, index));
      } else {
        late.add(new Late(workload.time(index) + delay, index));
      }
      taken++;
      current.generated(taken);
    }
  }

  private void giveDue(PriorityQueue<Late> late, long now, Collector<T> out) {
    for (Late first = late.peek(); first != null && first.due() <= now; first = late.peek()) {
      out.collect(shape.event(workload, first.index()));
      late.remove();
    }
  }
}
