// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.jobs.topology.Shop.Order;
import io.tailwater.stores.DeadLetter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Writes a hostile stream into a topic of two partitions, in chapters, and keeps the books by rules
 * of its own: which event a view has to apply and which has to become what dead letter.
 *
 * <p>A chapter begins when the job's watermark is where the chapter before left it. First come
 * events around that watermark in every position, each new, again, or again with another amount;
 * then time goes on, in order and out of order. So the position of each event is known.
 */
final class LateStory {
  /** Where an event's time lies when it comes. */
  enum Position {
    IN_ORDER,
    OUT_OF_ORDER,
    LATE,
    TOO_LATE,
    FUTURE
  }

  /** Whether an event's key, time and id came before. */
  enum Kind {
    NEW,
    REPEATED,
    CONFLICTING
  }

  /** How often an event of a kind came in a position. */
  record Case(Position position, Kind kind) {}

  private record Id(long customer, long time) {}

  static final int PARTITIONS = 2;
  private static final int CUSTOMERS = 6;
  private static final long BEHIND = Shop.POLICY.outOfOrdernessMillis();
  private static final long LATENESS = Shop.POLICY.allowedLatenessMillis();
  private static final long LONGEST_CHAPTER = 6 * Shop.HOUR;

  private final ShopTopic topic;
  private final Random random;
  private final long now;
  private final List<Order> sent = new ArrayList<>();
  private final Map<Id, Double> applied = new HashMap<>();
  private final Set<String> letters = new HashSet<>();
  private final Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
  private final Map<Case, Integer> cases = new HashMap<>();
  private long newest;
  private long watermark = Long.MIN_VALUE;

  /**
   * @param now where the job's clock stands; the story ends before
   */
  LateStory(ShopTopic topic, long seed, int chapters, long now) {
    this.topic = topic;
    this.random = new Random(seed);
    this.now = now;
    this.newest = now - (chapters + 1) * LONGEST_CHAPTER;
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict, 0L);
    }
  }

  /** Writes a chapter of about so many events and returns the watermark that it leads to. */
  long tell(int events) {
    if (watermark != Long.MIN_VALUE) {
      for (int i = 0; i < events / 2; i++) {
        around();
      }
    }
    long from = newest;
    long to = from + 1 + random.nextLong(LONGEST_CHAPTER);
    for (int i = 0; i < events / 2; i++) {
      newest = Math.max(newest, from + (to - from) * i / (events / 2));
      onward();
    }
    newest = to;
    for (int partition = 0; partition < PARTITIONS; partition++) {
      tell(new Order(partition, to, amount()), Kind.NEW);
    }
    topic.flush();
    watermark = to - BEHIND - 1;
    return watermark;
  }

  /** What the view has to know of, in the end. */
  List<Order> applied() {
    return applied.entrySet().stream()
        .map(entry -> new Order(entry.getKey().customer(), entry.getKey().time(), entry.getValue()))
        .toList();
  }

  /** Code and position of what has to be a dead letter. */
  Set<String> letters() {
    return letters;
  }

  Map<Verdict, Long> counts() {
    return counts;
  }

  Map<Case, Integer> cases() {
    return cases;
  }

  static String letter(DeadLetter letter) {
    return letter.code() + " " + letter.position();
  }

  private void around() {
    if (random.nextInt(20) == 0) {
      note(DeadLetter.Code.UNDECODABLE, topic.send(random.nextInt(PARTITIONS), garbage()));
      count(Verdict.MALFORMED);
    } else if (random.nextInt(3) == 0) {
      long time =
          switch (random.nextInt(4)) {
            case 0 -> between(watermark + 1, newest);
            case 1 -> between(watermark - LATENESS, watermark);
            case 2 -> between(watermark - 3 * LATENESS, watermark - LATENESS - 1);
            default -> between(now + Shop.POLICY.maxAheadMillis() + 1, now + Shop.DAY);
          };
      tell(new Order(customer(), time, amount()), Kind.NEW);
    } else {
      again(sent.get(random.nextInt(sent.size())));
    }
  }

  /** In order, up to five seconds out of order, and either of them twice. */
  private void onward() {
    long time = random.nextBoolean() ? newest : newest - random.nextLong(BEHIND);
    Order order = new Order(customer(), time, amount());
    tell(order, Kind.NEW);
    if (random.nextInt(4) == 0) {
      again(order);
    }
  }

  private void again(Order order) {
    boolean same = random.nextBoolean();
    tell(
        same ? order : new Order(order.customer(), order.time(), amount()),
        same ? Kind.REPEATED : Kind.CONFLICTING);
  }

  private void tell(Order order, Kind kind) {
    sent.add(order);
    String position = topic.send((int) (order.customer() % PARTITIONS), order.bytes());
    Position at = position(order.time());
    cases.merge(new Case(at, kind), 1, Integer::sum);
    switch (at) {
      case FUTURE -> {
        note(DeadLetter.Code.FUTURE, position);
        count(Verdict.FUTURE);
      }
      case TOO_LATE -> {
        note(DeadLetter.Code.TOO_LATE, position);
        count(Verdict.TOO_LATE);
      }
      case IN_ORDER, OUT_OF_ORDER, LATE -> apply(order, position);
    }
  }

  private void apply(Order order, String position) {
    Id id = new Id(order.customer(), order.time());
    Double before = applied.putIfAbsent(id, order.amount());
    if (before == null) {
      count(Verdict.APPLIED);
      return;
    }
    count(Verdict.DUPLICATE);
    if (before != order.amount()) {
      note(DeadLetter.Code.CONFLICTING_DUPLICATE, position);
      applied.put(id, Math.min(before, order.amount()));
    }
  }

  private Position position(long time) {
    if (time > now + Shop.POLICY.maxAheadMillis()) {
      return Position.FUTURE;
    }
    if (watermark != Long.MIN_VALUE && time < watermark - LATENESS) {
      return Position.TOO_LATE;
    }
    if (watermark != Long.MIN_VALUE && time <= watermark) {
      return Position.LATE;
    }
    return time < newest ? Position.OUT_OF_ORDER : Position.IN_ORDER;
  }

  private void note(DeadLetter.Code code, String position) {
    letters.add(code.name() + " " + position);
  }

  private void count(Verdict verdict) {
    counts.merge(verdict, 1L, Long::sum);
  }

  /** Both ends are likely. */
  private long between(long first, long last) {
    return switch (random.nextInt(6)) {
      case 0 -> first;
      case 1 -> last;
      default -> random.nextLong(first, last + 1);
    };
  }

  private long customer() {
    return random.nextInt(CUSTOMERS);
  }

  private double amount() {
    return random.nextInt(1, 10_000) / 100.0;
  }

  private static byte[] garbage() {
    return "{\"order_id\": ".getBytes(UTF_8);
  }
}
