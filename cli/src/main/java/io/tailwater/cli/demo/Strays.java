// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import java.time.Duration;
import java.util.SplittableRandom;

/** Orders from the wrong time: too late for any job, or from a future that has not come. */
final class Strays {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final SplittableRandom random;
  private final Shop shop;
  private final int partitions;
  private final long allowedLateness;

  Strays(SplittableRandom random, Shop shop, int partitions, long allowedLateness) {
    this.random = random;
    this.shop = shop;
    this.partitions = partitions;
    this.allowedLateness = allowedLateness;
  }

  /** An order more than an hour too late for a job that has published {@code watermark}. */
  ProducedEvent tooLate(long watermark) {
    return stray(watermark - allowedLateness - HOUR - random.nextLong(3 * DAY), Fate.TOO_LATE);
  }

  /** An order hours ahead of the clock's {@code now}: longer than the demo runs. */
  ProducedEvent future(long now) {
    return stray(now + 3 * HOUR + random.nextLong(DAY), Fate.FUTURE);
  }

  private ProducedEvent stray(long eventTime, Fate fate) {
    Order order = shop.orderAt(eventTime);
    return ProducedEvent.of(History.partitionOf(order, partitions), order, fate);
  }
}
