// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a condition, up to a deadline. */
public final class Await {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofMillis(5);

  private Await() {}

  /** A condition that may fail in its own way. */
  @FunctionalInterface
  public interface Condition<E extends Exception> {
    boolean holds() throws E;
  }

  /**
   * @param otherwise what is wrong as long as the condition does not hold
   */
  public static <E extends Exception> void until(Supplier<String> otherwise, Condition<E> condition)
      throws E {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        fail("after %s: %s", DEADLINE, otherwise.get());
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
  }
}
