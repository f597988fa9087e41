// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.KafkaTopic;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.function.Consumer;

/** A range of a topic, read in this process. */
public final class KafkaScan {
  private KafkaScan() {}

  /**
   * Hands over each event of the range, decoded or refused, those of a partition in its order.
   *
   * @throws IOException if a partition gives nothing for a minute before its end
   */
  public static void forEach(
      EventSource source, KafkaRangeLocation range, Consumer<SourceEvent> consumer)
      throws IOException {
    KafkaTopic topic = KafkaSources.topic(source);
    EventDecoder decoder = new EventDecoder(source, KafkaEventDeserializer.rows(source, topic));
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
}
