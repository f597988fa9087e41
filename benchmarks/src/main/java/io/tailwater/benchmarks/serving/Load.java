// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.serving;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Callers at work, each on a thread of its own. */
final class Load {
  private static final long LONGEST_NANOS = Duration.ofSeconds(60).toNanos();
  private static final int DIGITS = 3;

  /** A thread that sleeps wakes up so much too late; the rest of the wait it spins. */
  private static final long OVERSLEEP_NANOS = 100_000;

  /** Until the first request is due all connections stand. */
  private static final long HEAD_START_NANOS = Duration.ofMillis(200).toNanos();

  private final Caller.Factory factory;
  private final int connections;

  Load(Caller.Factory factory, int connections) {
    this.factory = factory;
    this.connections = connections;
  }

  /**
   * Asks at a fixed rate, whether answers come or not (an open loop).
   *
   * @return in nanoseconds, the time from when each request <em>should</em> have been sent to the
   *     end of its answer: one that had to wait for a free connection counts its wait
   */
  Histogram openLoop(int rate, Duration length) throws IOException, InterruptedException {
    Histogram latencies = new ConcurrentHistogram(LONGEST_NANOS, DIGITS);
    long interval = Duration.ofSeconds(1).toNanos() / rate;
    int requests = Math.toIntExact(length.toNanos() / interval);
    AtomicInteger next = new AtomicInteger();
    long start = System.nanoTime() + HEAD_START_NANOS;
    run(
        caller -> {
          for (int i = next.getAndIncrement(); i < requests; i = next.getAndIncrement()) {
            long due = start + i * interval;
            await(due);
            caller.ask(i);
            latencies.recordValue(System.nanoTime() - due);
          }
        });
    return latencies;
  }

  /** Each connection asks again as soon as it has its answer (a closed loop); requests a second. */
  double closedLoop(Duration length) throws IOException, InterruptedException {
    AtomicInteger answered = new AtomicInteger();
    long start = System.nanoTime();
    run(
        caller -> {
          while (System.nanoTime() - start < length.toNanos()) {
            caller.ask(answered.getAndIncrement());
          }
        });
    return answered.get() * 1e9 / (System.nanoTime() - start);
  }

  private static void await(long due) {
    long left = due - System.nanoTime();
    while (left > 0) {
      if (left > OVERSLEEP_NANOS) {
        LockSupport.parkNanos(left - OVERSLEEP_NANOS);
      } else {
        Thread.onSpinWait();
      }
      left = due - System.nanoTime();
    }
  }

  private void run(Work work) throws IOException, InterruptedException {
    List<Caller> callers = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      List<Callable<Object>> tasks = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        Caller caller = factory.connect();
        callers.add(caller);
        tasks.add(
            () -> {
              work.of(caller);
              return caller;
            });
      }
      for (Future<Object> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a request failed: " + e.getCause(), e);
    } finally {
      threads.shutdownNow();
      for (Caller caller : callers) {
        caller.close();
      }
    }
  }

  /** What one thread does. */
  @FunctionalInterface
  private interface Work {
    void of(Caller caller) throws IOException;
  }
}
