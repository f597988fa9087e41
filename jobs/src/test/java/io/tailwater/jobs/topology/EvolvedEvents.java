// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.aggregation.oracle.NaiveEvent;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.program.InputProgram;
import io.tailwater.definitions.program.ViewProgram;
import io.tailwater.embedded.EmbeddedKafka;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random events of all sources of an {@link EvolvedShop}. */
final class EvolvedEvents {
  private static final int PARTITIONS = 2;

  private record Sold(String source, String id, long time, Object[] row) {
    byte[] json() {
      return "{\"id\": \"%s\", \"at\": %d, \"customer_id\": %d, \"amount\": %s, \"category\": \"%s\"}"
          .formatted(id, time, (Long) row[2], row[3], row[4])
          .getBytes(UTF_8);
    }
  }

  private static final List<String> SOURCES = List.of("orders", "carts", "clicks");

  private final List<Sold> events = new ArrayList<>();
  private final long now;

  /**
   * In the order of time, but for some that are up to an hour late.
   *
   * @param now the clock of the job, before which all happens
   */
  EvolvedEvents(long seed, long now, int count, int customers) {
    this.now = now;
    Random random = new Random(seed);
    long time = end() - count * 30_000L;
    for (int i = 0; i < count; i++) {
      time += random.nextInt(60_000);
      long at = Math.min(end(), random.nextInt(10) == 0 ? time - random.nextInt(3_600_000) : time);
      String source = i % 20 == 0 ? "carts" : i % 50 == 1 ? "clicks" : "orders";
      Object[] row = {
        i + "", at, (long) random.nextInt(customers), random.nextInt(10_000) / 100.0, "c" + i % 5
      };
      events.add(new Sold(source, i + "", at, row));
    }
  }

  /** The last instant of an event; the watermark stays behind the clock by the out-of-orderness. */
  long end() {
    return now - 6_000;
  }

  /** Creates the topics and sends the first half. */
  void sendFirst(EmbeddedKafka kafka, EvolvedShop shop) throws Exception {
    for (String source : SOURCES) {
      kafka.createTopic(shop.topic(source), PARTITIONS);
    }
    Map<String, ShopTopic> topics = topics(kafka, shop);
    send(topics, 0, events.size() / 2);
    topics.values().forEach(ShopTopic::close);
  }

  /** Sends the others, with something at the end that lets time pass. */
  void sendOthers(EmbeddedKafka kafka, EvolvedShop shop) throws Exception {
    Map<String, ShopTopic> topics = topics(kafka, shop);
    send(topics, events.size() / 2, events.size());
    long after = now + 30_000;
    Object[] last = {"end", after, -1L, 1.0, ""};
    topics.forEach(
        (source, to) -> {
          for (int partition = 0; partition < PARTITIONS; partition++) {
            to.send(partition, new Sold(source, "end" + partition, after, last).json());
          }
          to.close();
        });
  }

  private static Map<String, ShopTopic> topics(EmbeddedKafka kafka, EvolvedShop shop) {
    Map<String, ShopTopic> topics = new HashMap<>();
    for (String source : SOURCES) {
      topics.put(source, new ShopTopic(kafka.bootstrap(), shop.topic(source)));
    }
    return topics;
  }

  private void send(Map<String, ShopTopic> topics, int from, int to) {
    Map<String, Integer> sent = new HashMap<>();
    for (Sold event : events.subList(from, to)) {
      // Each partition gets some: an empty one holds the watermark.
      int count = sent.merge(event.source(), 1, Integer::sum);
      topics.get(event.source()).send(count % PARTITIONS, event.json());
    }
  }

  /** What a view logs of them, by customer. */
  Map<Long, List<NaiveEvent>> of(FeatureView view, ViewProgram program) {
    Map<Long, List<NaiveEvent>> byCustomer = new HashMap<>();
    for (Sold event : events) {
      int index = view.inputOf(event.source());
      if (index >= 0) {
        InputProgram input = program.input(index);
        Object[] row = input.extend(event.row(), event.time());
        if (input.accepts(row)) {
          byCustomer
              .computeIfAbsent((Long) event.row()[2], added -> new ArrayList<>())
              .add(new NaiveEvent(event.time(), event.id().getBytes(UTF_8), input.columns(row)));
        }
      }
    }
    return byCustomer;
  }
}
