// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for end offsets in a thread of its own and wakes the reader, for an answer and at every
 * tick. Methods are for the reader's thread, but where they say so.
 */
final class EndOffsetsInquiry {
  private static final Logger LOG = LoggerFactory.getLogger(EndOffsetsInquiry.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final EndOffsets endOffsets;
  private final EventClock clock;
  private final ScheduledExecutorService thread;
  private final AtomicReference<@Nullable Answer> answer = new AtomicReference<>();
  private volatile boolean tickDue;
  private volatile CompletableFuture<Void> available = new CompletableFuture<>();
  private boolean asked;
  private boolean failing;

  /**
   * What the broker said.
   *
   * @param asOf the clock when it was asked, milliseconds since the epoch
   * @param ends as {@link EndOffsets#readToEnd} returned them
   */
  record Answer(long asOf, Map<Integer, Long> ends) {}

  EndOffsetsInquiry(EndOffsets endOffsets, EventClock clock, String threadName) {
    this.endOffsets = endOffsets;
    this.clock = clock;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread worker = new Thread(task, threadName);
              worker.setDaemon(true);
              return worker;
            });
  }

  @SuppressWarnings("FutureReturnValueIgnored") // A tick cannot fail.
  void start(Duration tick) {
    thread.scheduleWithFixedDelay(this::wakeUp, 0, tick.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends the reader's wait, from any thread. */
  void wakeUp() {
    tickDue = true;
    available.complete(null);
  }

  long now() {
    return clock.millis();
  }

  /** Whether a tick has come since the last call. */
  boolean pollTick() {
    if (!tickDue) {
      return false;
    }
    tickDue = false;
    if (available.isDone()) {
      available = new CompletableFuture<>();
    }
    return true;
  }

  /** Asks, unless an answer is still out. */
  void ask(Map<Integer, Long> positions) {
    if (!asked) {
      asked = true;
      thread.execute(() -> inquire(positions));
    }
  }

  /** The answer to the last question, once; null if there is none. */
  @Nullable Answer pollAnswer() {
    Answer result = answer.getAndSet(null);
    asked &= result == null;
    return result;
  }

  /** Completed when {@link #pollTick} or {@link #pollAnswer} has something. */
  CompletableFuture<Void> available() {
    CompletableFuture<Void> future = available;
    return tickDue ? CompletableFuture.completedFuture(null) : future;
  }

  /** Ends the thread and closes what it asks. */
  void stop() throws InterruptedException {
    thread.shutdownNow();
    if (thread.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
      endOffsets.close();
    } else {
      LOG.warn("A question for end offsets is still out after {}; leaving it", CLOSE_TIMEOUT);
    }
  }

  private void inquire(Map<Integer, Long> positions) {
    Map<Integer, Long> ends = Map.of();
    long asOf = clock.millis();
    try {
      ends = endOffsets.readToEnd(positions);
      failing = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      warnOnce(e);
    }
    answer.set(new Answer(asOf, ends));
    wakeUp();
  }

  // An unreachable broker is asked again at the next tick; the watermark waits meanwhile.
  private void warnOnce(RuntimeException failure) {
    if (!failing) {
      failing = true;
      LOG.warn("No end offsets of silent partitions; the watermark waits for them", failure);
    }
  }
}
