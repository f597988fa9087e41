// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.definitions.model.WatermarkPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * All events of a run: the history, made beforehand, and those of the present and strays, made as
 * time goes. A function of the seed, the number of events and the end of history. For one thread.
 */
final class Script {
  private static final Duration HISTORY = Duration.ofDays(35);
  private static final Duration LULL = Duration.ofHours(12);
  private static final int LIVE_DISORDER_MILLIS = 2_000;
  private static final int OCCASIONS_PER_STRAY = 50;

  private final SplittableRandom random;
  private final Shop shop;
  private final Strays strays;
  private final long end;
  private final List<ScheduledEvent> history;
  private int occasions;

  /**
   * @param events how many the history has
   * @param end of the history, in milliseconds: the present
   */
  Script(long seed, int events, WatermarkPolicy policy, long end) {
    this.random = new SplittableRandom(seed);
    this.shop = new Shop(random.split());
    this.strays = new Strays(random.split(), shop, policy.allowedLatenessMillis());
    this.end = end;
    Delays delays = new Delays(random.split(), policy.allowedLatenessMillis());
    this.history =
        new History(random.split(), shop, delays).generate(events, end - HISTORY.toMillis(), end);
  }

  /** The history in order of arrival. */
  List<ScheduledEvent> history() {
    return history;
  }

  /** From when on the history is worth watching: the hero begins to buy. */
  long climax() {
    return end - HeroStory.LEAD.toMillis();
  }

  /**
   * Up to when the history goes fast: a little before the climax, so that the job can catch up in
   * the lull between the two.
   */
  long lull() {
    return climax() - LULL.toMillis();
  }

  /** When the history ends. */
  long end() {
    return end;
  }

  /** An event of this moment. */
  ProducedEvent live(long now) {
    return ProducedEvent.of(
        shop.eventAt(now - random.nextInt(LIVE_DISORDER_MILLIS)), Fate.ORDINARY);
  }

  /** The last event of each partition of each topic, which is the newest of it. */
  List<ProducedEvent> closing(long now) {
    List<ProducedEvent> closing = new ArrayList<>();
    for (String source : Shop.SOURCES) {
      for (int partition = 0; partition < Partitions.COUNT; partition++) {
        ProducedEvent event;
        do {
          event = ProducedEvent.of(shop.eventOf(source, now), Fate.ORDINARY);
        } while (event.partition() != partition);
        closing.add(event);
      }
    }
    return closing;
  }

  /** Whether to send a stray now: once in a while. */
  boolean isTimeForStray() {
    return ++occasions % OCCASIONS_PER_STRAY == 0;
  }

  Strays strays() {
    return strays;
  }
}
