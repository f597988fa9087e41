// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import io.tailwater.jobs.source.EventClock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The machine's clock, which the job's operators look at with every event: it takes its time, so
 * that a short file is not over before a test has done its harm, and fails once where asked to.
 */
final class TroubledClock implements EventClock {
  private static final long serialVersionUID = 1L;
  private static final long PAUSE_NANOS = 50_000;
  private static final long LONG_PAUSE_NANOS = 1_600_000;
  private static final long WAITING_PAUSE_NANOS = 30_000_000;
  private static final int CALLS_A_PAUSE = 4;

  /** Static: what the job gets is a copy. */
  private static final AtomicLong CALLS = new AtomicLong();

  private static final AtomicLong PAUSE = new AtomicLong(PAUSE_NANOS);

  private static final long NEVER = Long.MAX_VALUE;

  /** The number of the call that fails. */
  private static final AtomicLong FAILS_AT = new AtomicLong(NEVER);

  @Override
  public long millis() {
    long call = CALLS.incrementAndGet();
    long failsAt = FAILS_AT.get();
    if (call >= failsAt && FAILS_AT.compareAndSet(failsAt, NEVER)) {
      throw new IllegalStateException("the failure that the test asked for");
    }
    if (call % CALLS_A_PAUSE == 0) {
      LockSupport.parkNanos(PAUSE.get());
    }
    return System.currentTimeMillis();
  }

  /**
   * The clocks take so long from now on that even a few events are not over before {@link #hurry}.
   */
  static void slowDown() {
    PAUSE.set(LONG_PAUSE_NANOS);
  }

  /**
   * The clocks take so long from now on that events last for as long as a checkpoint may take on a
   * busy machine. They do not stop, since what looks at them takes part in the checkpoint.
   */
  static void crawl() {
    PAUSE.set(WAITING_PAUSE_NANOS);
  }

  /** The clocks take their usual time again. */
  static void hurry() {
    PAUSE.set(PAUSE_NANOS);
  }

  /** The next look at any of these clocks fails. */
  static void failOnce() {
    failAfter(0);
  }

  /** The look at any of these clocks after so many others fails. */
  static void failAfter(long calls) {
    FAILS_AT.set(CALLS.get() + calls + 1);
  }

  /** How often anybody has looked at these clocks. */
  static long calls() {
    return CALLS.get();
  }

  /** Whether the failure that was asked for is still to come. */
  static boolean isToFail() {
    return FAILS_AT.get() != NEVER;
  }

  /** Whether the failure has not happened yet; takes it back. */
  static boolean takeBack() {
    return FAILS_AT.getAndSet(NEVER) != NEVER;
  }
}
