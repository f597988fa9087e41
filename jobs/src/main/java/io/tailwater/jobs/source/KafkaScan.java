// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.KafkaTopic;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.function.Consumer;

/** A range of a topic, read in this process. */
public final class KafkaScan {
  /** Enough to have one that is decoded, and few enough to be of about one time. */
  private static final long FIRST_EVENTS = 5;

  private KafkaScan() {}

  /**
   * Hands over each event of the range, decoded or refused, those of a partition in its order.
   *
   * @throws IOException if a partition gives nothing for a minute before its end, or a registry
   *     does not answer
   */
  public static void forEach(
      EventSource source, KafkaRangeLocation range, Consumer<SourceEvent> consumer)
      throws IOException {
    KafkaTopic topic = KafkaSources.topic(source);
    EventDecoder decoder =
        new EventDecoder(
            source, KafkaEventDeserializer.rows(source, topic, range.kafka().schemaRegistry()));
    Properties properties = KafkaSources.clientProperties(source, range.kafka());
    try {
      KafkaRecords.read(
          properties,
          topic.topic(),
          range.begins(),
          range.ends(),
          record ->
              consumer.accept(
                  decoder.decode(
                      KafkaPosition.text(record.topic(), record.partition(), record.offset()),
                      record.key(),
                      record.value())));
    } catch (IOException e) {
      throw new IOException("source '%s': %s".formatted(source.name(), e.getMessage()), e);
    }
  }

  /**
   * The newest event time of the range, in milliseconds since the epoch; refused events and those
   * further beyond the clock than {@code max_ahead} do not count. Empty if none counts.
   *
   * @throws IOException if a partition gives nothing for a minute before its end
   */
  public static OptionalLong newestEventTime(
      EventSource source, KafkaRangeLocation range, EventClock clock) throws IOException {
    NewestEventTime newest = new NewestEventTime(source, clock);
    forEach(source, range, newest::add);
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
}
