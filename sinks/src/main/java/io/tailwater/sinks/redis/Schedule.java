// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.redis;

import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.jspecify.annotations.Nullable;

/**
 * Runs an action when it is requested, but not before an interval since its last run is over: then
 * a timer runs it, once for all requests meanwhile. All on the task's thread.
 */
final class Schedule {
  private final ProcessingTimeService time;
  private final long intervalMillis;
  private final Action action;
  private long nextRun = Long.MIN_VALUE;
  private @Nullable ScheduledFuture<?> timer;

  /** What is to be done. */
  @FunctionalInterface
  interface Action {
    void run() throws InterruptedException;
  }

  Schedule(ProcessingTimeService time, long intervalMillis, Action action) {
    this.time = time;
    this.intervalMillis = intervalMillis;
    this.action = action;
  }

  /** Runs the action now or as soon as the interval is over. */
  void request() throws InterruptedException {
    if (timer != null) {
      return;
    }
    if (time.getCurrentProcessingTime() >= nextRun) {
      runNow();
    } else {
      timer = time.registerTimer(nextRun, timestamp -> timerFired());
    }
  }

  /** Runs the action whatever the interval. */
  void runNow() throws InterruptedException {
    action.run();
    nextRun = time.getCurrentProcessingTime() + intervalMillis;
  }

  private void timerFired() throws InterruptedException {
    timer = null;
    runNow();
  }
}
