// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.cli.console.CommandException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Waits until the job has done with all that was sent.
 *
 * <p>The last event of each partition is the newest one of it, so a watermark that has come to them
 * says that everything before them was read too. The online store publishes its watermark after the
 * vectors it speaks of; the offline store's commit carries the watermark of its rows.
 */
final class Settlement {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration GAP = Duration.ofMillis(100);

  private final Clock clock;
  private final Runnable onEachLook;

  /**
   * @param onEachLook run again and again meanwhile
   */
  Settlement(Clock clock, Runnable onEachLook) {
    this.clock = clock;
    this.onEachLook = onEachLook;
  }

  /**
   * Waits until a store has come to {@code due}.
   *
   * @param watermark of the store
   * @throws CommandException if it takes too long
   */
  void await(String store, long due, LongSupplier watermark) throws InterruptedException {
    long deadline = clock.millis() + PATIENCE.toMillis();
    long reached = watermark.getAsLong();
    while (reached < due) {
      if (clock.millis() > deadline) {
        throw new CommandException(
            "The job does not come to an end: %s has come to %s, due is %s"
                .formatted(
                    store,
                    reached == Long.MIN_VALUE ? "nothing" : Instant.ofEpochMilli(reached),
                    Instant.ofEpochMilli(due)));
      }
      onEachLook.run();
      Thread.sleep(GAP.toMillis());
      reached = watermark.getAsLong();
    }
  }
}
