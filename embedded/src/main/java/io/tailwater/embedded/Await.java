// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a condition, up to a deadline: for tests, which never sleep for a time. */
public final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofMillis(5);

  private Await() {}

  /** A condition that may fail in its own way. */
  @FunctionalInterface
  public interface Condition<E extends Exception> {
    /** Whether it holds by now. */
    boolean holds() throws E;
  }

  /**
   * Waits for up to a minute.
   *
   * @param otherwise what is wrong as long as the condition does not hold
   * @throws AssertionError if it does not
   */
  public static <E extends Exception> void until(Supplier<String> otherwise, Condition<E> condition)
      throws E {
    until(PATIENCE, otherwise, condition);
  }

  /**
   * Waits for up to {@code patience}.
   *
   * @param otherwise what is wrong as long as the condition does not hold
   * @throws AssertionError if it does not
   */
  public static <E extends Exception> void until(
      Duration patience, Supplier<String> otherwise, Condition<E> condition) throws E {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("after %s: %s".formatted(patience, otherwise.get()));
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
  }
}
