// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The shop's past weeks as they arrive: out of order, with late, duplicate, conflicting and broken
 * events among them. A function of its seed and its end.
 */
final class History {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final int TURNS = 200;

  private final SplittableRandom random;
  private final Shop shop;
  private final Delays delays;
  private final Map<String, Integer> turns = new HashMap<>();
  private final List<ScheduledEvent> schedule = new ArrayList<>();

  History(SplittableRandom random, Shop shop, Delays delays) {
    this.random = random;
    this.shop = shop;
    this.delays = delays;
  }

  /**
   * The events in order of arrival. To be called once.
   *
   * @param count how many, about: duplicates and broken events are among them
   * @param start of the event times, in milliseconds, inclusive
   * @param end of the event times and of all arrivals, exclusive
   */
  List<ScheduledEvent> generate(int count, long start, long end) {
    for (Order purchase : HeroStory.purchases(shop, end)) {
      add(purchase.eventTime(), purchase, Fate.ORDINARY);
    }
    while (schedule.size() < count) {
      addDisturbed(shop.eventAt(instant(start, end)), end);
    }
    schedule.sort(Comparator.comparingLong(ScheduledEvent::arrival));
    return List.copyOf(schedule);
  }

  /** Any instant, with few at night. */
  private long instant(long start, long end) {
    while (true) {
      long instant = start + random.nextLong(end - start);
      long hour = instant % DAY / HOUR;
      if (hour >= 6 || random.nextInt(8) == 0) {
        return instant;
      }
    }
  }

  /** Of each source, every 200 events bring the same kinds of trouble. */
  private void addDisturbed(ShopEvent event, long end) {
    long arrival = Math.min(event.eventTime() + delays.first(), end - 1);
    switch (turns.merge(event.source(), 1, Integer::sum) % TURNS) {
      case 1 -> addGarbage(arrival, event);
      case 2 -> addBroken(arrival, event);
      case 3, 4, 5 -> addTwice(arrival, event, event, end);
      case 6 -> addTwice(arrival, event, otherwise(event.conflicting(), event), end);
      default -> add(arrival, event, Fate.ORDINARY);
    }
  }

  private void addTwice(long arrival, ShopEvent event, ShopEvent again, long end) {
    add(arrival, event, Fate.ORDINARY);
    // The sort by arrival is stable: of two that arrive at once the first stays first.
    add(Math.min(arrival + delays.repeat(), end - 1), again, Fate.DUPLICATE);
  }

  private void addBroken(long arrival, ShopEvent event) {
    ShopEvent broken = event.broken();
    if (broken == null) {
      addGarbage(arrival, event);
    } else {
      add(arrival, broken, Fate.BROKEN);
    }
  }

  private void add(long arrival, ShopEvent event, Fate fate) {
    schedule.add(new ScheduledEvent(arrival, ProducedEvent.of(event, fate)));
  }

  private void addGarbage(long arrival, ShopEvent event) {
    schedule.add(new ScheduledEvent(arrival, ProducedEvent.garbage(event, Garbage.next(random))));
  }

  private static ShopEvent otherwise(@Nullable ShopEvent first, ShopEvent second) {
    return first == null ? second : first;
  }
}
