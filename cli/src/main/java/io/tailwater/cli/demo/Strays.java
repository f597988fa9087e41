// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** Events from the wrong time: too late for any job, or from a future that has not come. */
final class Strays {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final SplittableRandom random;
  private final Shop shop;
  private final long allowedLateness;

  Strays(SplittableRandom random, Shop shop, long allowedLateness) {
    this.random = random;
    this.shop = shop;
    this.allowedLateness = allowedLateness;
  }

  /** Events more than an hour too late for a job that has published {@code watermark}. */
  List<ProducedEvent> tooLate(long watermark) {
    return ofEverySource(
        () -> watermark - allowedLateness - HOUR - random.nextLong(3 * DAY), Fate.TOO_LATE);
  }

  /** Events hours ahead of the clock's {@code now}: longer than the demo runs. */
  List<ProducedEvent> future(long now) {
    return ofEverySource(() -> now + 3 * HOUR + random.nextLong(DAY), Fate.FUTURE);
  }

  private List<ProducedEvent> ofEverySource(LongSupplier eventTime, Fate fate) {
    return Shop.SOURCES.stream()
        .map(source -> ProducedEvent.of(shop.eventOf(source, eventTime.getAsLong()), fate))
        .toList();
  }
}
