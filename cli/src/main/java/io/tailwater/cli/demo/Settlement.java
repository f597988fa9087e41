// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.cli.console.CommandException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * Waits until the job has done with all that was sent.
 *
 * <p>The last event of each partition is the newest one of it, so a watermark that has come to them
 * says that everything before them was read too. The online store publishes its watermark after the
 * vectors that it speaks of.
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
   * Waits until a store has come to an instant.
   *
   * @param due in milliseconds
   * @param watermark of the store
   * @throws CommandException if it takes too long
   */
  void awaitWatermark(String store, long due, LongSupplier watermark) throws InterruptedException {
    await(store, due, watermark, Settlement::instant);
  }

  /**
   * Waits until something has counted so many events.
   *
   * @throws CommandException if it takes too long
   */
  void awaitCount(String counter, long due, LongSupplier count) throws InterruptedException {
    await(counter, due, count, "%,d events"::formatted);
  }

  private void await(String what, long due, LongSupplier progress, LongFunction<String> text)
      throws InterruptedException {
    long deadline = clock.millis() + PATIENCE.toMillis();
    long reached = progress.getAsLong();
    while (reached < due) {
      if (clock.millis() > deadline) {
        throw new CommandException(
            "The job does not come to an end: after %d s, %s has come to %s of %s"
                .formatted(PATIENCE.toSeconds(), what, text.apply(reached), text.apply(due)));
      }
      onEachLook.run();
      Thread.sleep(GAP.toMillis());
      reached = progress.getAsLong();
    }
  }

  private static String instant(long millis) {
    return millis == Long.MIN_VALUE ? "no instant" : Instant.ofEpochMilli(millis).toString();
  }
}
