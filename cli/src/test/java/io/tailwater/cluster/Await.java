// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cluster;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a condition, up to a deadline. */
public final class Await {
  private static final Duration STEP = Duration.ofMillis(100);

  private Await() {}

  /** A condition that may fail in its own way. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws Exception;
  }

  /**
   * @param otherwise what is wrong as long as the condition does not hold
   */
  public static void until(Duration patience, Supplier<String> otherwise, Condition condition)
      throws Exception {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        fail("after %s: %s", patience, otherwise.get());
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
  }
}
