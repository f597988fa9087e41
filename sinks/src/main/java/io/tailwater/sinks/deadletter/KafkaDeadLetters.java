// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.deadletter;

import static java.util.Objects.requireNonNull;

import io.tailwater.stores.DeadLetter;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;

/**
 * The dead letters of a Kafka topic: {@code <topic>.dead-letters} beside it.
 *
 * <p>At least once: after a failure the letters since the last checkpoint come again, equal in
 * {@code tailwater.position}, {@code tailwater.view} and {@code tailwater.code}, which together
 * identify a letter. Transactions would show a letter only after the next checkpoint, and could
 * lose letters if the job stayed down beyond their timeout.
 */
public final class KafkaDeadLetters {
  private static final String SUFFIX = ".dead-letters";

  private KafkaDeadLetters() {}

  /** The topic of the dead letters of {@code topic}. */
  public static String topicFor(String topic) {
    return topic + SUFFIX;
  }

  /**
   * A sink into a topic of dead letters, {@link #topicFor} a source's topic unless one was chosen,
   * which is there or which the broker creates: see {@link DeadLetterTopic}.
   *
   * @param clientProperties Kafka's, {@code bootstrap.servers} among them
   */
  public static Sink<DeadLetter> sink(Map<String, String> clientProperties, String topic) {
    requireNonNull(topic, "topic is null");
    Properties properties = new Properties();
    properties.putAll(clientProperties);
    return KafkaSink.<DeadLetter>builder()
        .setKafkaProducerConfig(properties)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(new DeadLetterRecords(topic))
        .build();
  }
}
