// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The shop's past weeks as they arrive: out of order, with late, duplicate, conflicting and broken
 * events among them. A function of its seed and its end.
 */
final class History {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  private final SplittableRandom random;
  private final Shop shop;
  private final Delays delays;
  private final int partitions;
  private final List<ScheduledEvent> schedule = new ArrayList<>();

  History(SplittableRandom random, Shop shop, Delays delays, int partitions) {
    this.random = random;
    this.shop = shop;
    this.delays = delays;
    this.partitions = partitions;
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
      addDisturbed(shop.orderAt(instant(start, end)), end);
    }
    schedule.sort(Comparator.comparingLong(ScheduledEvent::arrival));
    return List.copyOf(schedule);
  }

  /** A customer's orders go through one partition, as keyed producers send them. */
  static int partitionOf(Order order, int partitions) {
    Long customer = order.customerId();
    int hash = customer == null ? order.orderId().hashCode() : Long.hashCode(customer * 31);
    return Math.floorMod(hash, partitions);
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

  private void addDisturbed(Order order, long end) {
    long arrival = Math.min(order.eventTime() + delays.first(), end - 1);
    switch (random.nextInt(200)) {
      case 0 -> addGarbage(arrival, order);
      case 1 -> add(arrival, order.withUnitPrice(Double.NaN), Fate.BROKEN);
      case 2, 3, 4 -> addTwice(arrival, order, order, end);
      case 5 -> addTwice(arrival, order, order.withQuantity(order.quantity() + 1), end);
      default -> add(arrival, order, Fate.ORDINARY);
    }
  }

  private void addTwice(long arrival, Order order, Order again, long end) {
    add(arrival, order, Fate.ORDINARY);
    // The sort by arrival is stable: of two that arrive at once the first stays first.
    add(Math.min(arrival + delays.repeat(), end - 1), again, Fate.DUPLICATE);
  }

  private void add(long arrival, Order order, Fate fate) {
    schedule.add(
        new ScheduledEvent(arrival, ProducedEvent.of(partitionOf(order, partitions), order, fate)));
  }

  private void addGarbage(long arrival, Order order) {
    schedule.add(
        new ScheduledEvent(
            arrival, ProducedEvent.garbage(partitionOf(order, partitions), Garbage.next(random))));
  }
}
