// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A way to compute sliding windows. */
interface Contender {
  /** Its name in the tables. */
  String label();

  /** Whose rows tell how far it has come. */
  Stage measuredStage();

  /** Builds its graph, from a {@link Generator} to {@link MonitoredSink}s. */
  void define(StreamExecutionEnvironment env, RunMonitor run);

  /**
   * Compares what came out with a recomputation.
   *
   * @throws WrongAnswerException if there is a difference
   */
  void check(RunMonitor run);
}
