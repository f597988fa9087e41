// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import io.tailwater.jobs.source.EventClock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The machine's clock, which the job's operators look at with every event: it takes its time, so
 * that a short file is not over before a test has done its harm, and fails once where asked to.
 */
final class TroubledClock implements EventClock {
  private static final long serialVersionUID = 1L;
  private static final long PAUSE_NANOS = 50_000;
  private static final int CALLS_A_PAUSE = 4;

  /** Static: what the job gets is a copy. */
  private static final AtomicLong CALLS = new AtomicLong();

  private static final AtomicBoolean FAILS = new AtomicBoolean();

  @Override
  public long millis() {
    if (FAILS.compareAndSet(true, false)) {
      throw new IllegalStateException("the failure that the test asked for");
    }
    if (CALLS.incrementAndGet() % CALLS_A_PAUSE == 0) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return System.currentTimeMillis();
  }

  /** The next look at any of these clocks fails. */
  static void failOnce() {
    FAILS.set(true);
  }

  /** Whether the failure has not happened yet; takes it back. */
  static boolean takeBack() {
    return FAILS.getAndSet(false);
  }
}
