// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A topic that stands beside a source's own, read in this process. */
public final class TopicScan {
  private TopicScan() {}

  /**
   * Hands over the committed records that the topic holds now, those of a partition in its order.
   *
   * @return false if there is no such topic
   * @throws IOException if Kafka fails
   */
  public static boolean forEach(
      EventSource source,
      KafkaLocation kafka,
      String topic,
      Consumer<ConsumerRecord<byte[], byte[]>> consumer)
      throws IOException {
    Optional<KafkaRangeLocation> held = held(source, kafka, topic);
    if (held.isPresent()) {
      KafkaRecords.read(
          KafkaSources.clientProperties(source, kafka),
          topic,
          held.get().begins(),
          held.get().ends(),
          consumer::accept);
    }
    return held.isPresent();
  }

  /**
   * Whether there is such a topic.
   *
   * @throws IOException if Kafka fails
   */
  public static boolean exists(EventSource source, KafkaLocation kafka, String topic)
      throws IOException {
    return held(source, kafka, topic).isPresent();
  }

  private static Optional<KafkaRangeLocation> held(
      EventSource source, KafkaLocation kafka, String topic) throws IOException {
    try {
      return Optional.of(KafkaRanges.resolve(source, topic, kafka, null, null, Long.MIN_VALUE));
    } catch (IOException e) {
      if (KafkaRanges.isMissingTopic(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
