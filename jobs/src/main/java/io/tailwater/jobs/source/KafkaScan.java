// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.KafkaTopic;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A first pass over a range of a topic: which event is the newest. */
public final class KafkaScan {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Enough to have one that is decoded, and few enough to be of about one time. */
  private static final long FIRST_EVENTS = 5;

  private KafkaScan() {}

  /**
   * The newest event time of the range, in milliseconds since the epoch; refused events and those
   * further beyond the clock than {@code max_ahead} do not count. Empty if none counts.
   *
   * @throws IOException if a partition gives nothing for a minute before its end
   */
  public static OptionalLong newestEventTime(
      EventSource source, KafkaRangeLocation range, EventClock clock) throws IOException {
    KafkaTopic topic = KafkaSources.topic(source);
    NewestEventTime newest = new NewestEventTime(source, clock);
    EventDecoder decoder = new EventDecoder(source, KafkaEventDeserializer.rows(source, topic));
    Map<TopicPartition, Long> left = new HashMap<>();
    range
        .ends()
        .forEach((partition, end) -> left.put(new TopicPartition(topic.topic(), partition), end));
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(source, range)) {
      consumer.assign(left.keySet());
      left.keySet()
          .forEach(p -> consumer.seek(p, requireNonNull(range.begins().get(p.partition()))));
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!reachedEnds(consumer, left)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          deadline = System.nanoTime() + PATIENCE.toNanos();
          newest.add(decoder.decode("", record.key(), record.value()));
        }
        if (System.nanoTime() > deadline) {
          throw new IOException(
              "source '%s': Kafka gave nothing for %s, before the ends of %s"
                  .formatted(source.name(), PATIENCE, left.keySet()));
        }
      }
    } catch (KafkaException e) {
      throw new IOException("source '%s': %s".formatted(source.name(), e), e);
    }
    return newest.get();
  }

  /**
   * The instant from which on a topic holds all events, as far as its first ones tell: the newest
   * event time among the first events of each partition of which the beginning has been deleted,
   * and {@code out_of_orderness}. {@link Long#MIN_VALUE} if nothing has been deleted.
   *
   * @param held what the topic holds
   * @throws IOException as {@link #newestEventTime}
   */
  public static long knownFrom(EventSource source, KafkaRangeLocation held, EventClock clock)
      throws IOException {
    Map<Integer, Long> begins = new HashMap<>();
    Map<Integer, Long> ends = new HashMap<>();
    held.begins()
        .forEach(
            (partition, begin) -> {
              long end = requireNonNull(held.ends().get(partition));
              if (begin > 0 && begin < end) {
                begins.put(partition, begin);
                ends.put(partition, Math.min(end, begin + FIRST_EVENTS));
              }
            });
    OptionalLong newest =
        begins.isEmpty()
            ? OptionalLong.empty()
            : newestEventTime(
                source, new KafkaRangeLocation(held.kafka(), begins, ends, Long.MIN_VALUE), clock);
    return newest.isPresent()
        ? newest.getAsLong() + source.watermark().outOfOrdernessMillis()
        : Long.MIN_VALUE;
  }

  /** Lets go of the partitions that have been read to their ends; true when none is left. */
  private static boolean reachedEnds(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> left) {
    if (left.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue())) {
      consumer.assign(left.keySet());
    }
    return left.isEmpty();
  }

  private static KafkaConsumer<byte[], byte[]> consumer(
      EventSource source, KafkaRangeLocation range) {
    Properties properties = KafkaSources.clientProperties(source, range.kafka());
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
