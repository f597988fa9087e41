// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.jobs.source.KafkaLocation;
import io.tailwater.jobs.source.TopicScan;
import io.tailwater.sinks.deadletter.DeadLetterTopic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What has been replayed, as the topic {@code <dead letters>.replayed} tells: a record a replayed
 * one, written in the transaction that replays it, so that there is either both or neither. Its key
 * is the position that was refused; its value, as JSON, the {@code position} in the source's topic
 * at which the record stands once more, its {@code origin}, and how often that one has been
 * replayed ({@code count}).
 */
final class ReplayLog {
  private static final String SUFFIX = ".replayed";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Set<String> replayed = new HashSet<>();
  private final Map<String, ReplayedRecord> byNewPosition = new HashMap<>();

  private ReplayLog() {}

  /** The log beside a topic of dead letters. */
  static String topicFor(String deadLetters) {
    return deadLetters + SUFFIX;
  }

  /**
   * Creates the log unless it is there: compacted, so that nothing is forgotten.
   *
   * @throws io.tailwater.sinks.deadletter.DeadLetterException if the broker refuses
   */
  static void create(KafkaLocation kafka, String deadLetters) {
    Map<String, String> client = new HashMap<>(kafka.properties());
    client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    DeadLetterTopic.createCompacted(client, topicFor(deadLetters));
  }

  /**
   * What the log says now; nothing if there is none.
   *
   * @throws IOException if Kafka fails
   */
  static ReplayLog read(EventSource source, KafkaLocation kafka, String deadLetters)
      throws IOException {
    ReplayLog log = new ReplayLog();
    TopicScan.forEach(source, kafka, topicFor(deadLetters), log::add);
    return log;
  }

  /** The entry of a record that was refused at one position and now stands at another. */
  static ProducerRecord<byte[], byte[]> entry(
      String deadLetters, String refused, String position, ReplayedRecord replay) {
    String value =
        JSON.createObjectNode()
            .put("position", position)
            .put("origin", replay.origin())
            .put("count", replay.count())
            .toString();
    return new ProducerRecord<>(
        topicFor(deadLetters), refused.getBytes(UTF_8), value.getBytes(UTF_8));
  }

  /** Whether the record that was refused at that position has been replayed. */
  boolean isReplayed(String position) {
    return replayed.contains(position);
  }

  /** How the record at a position came there; null if not by a replay. */
  @Nullable ReplayedRecord arrival(String position) {
    return byNewPosition.get(position);
  }

  private void add(ConsumerRecord<byte[], byte[]> entry) {
    replayed.add(new String(requireNonNull(entry.key(), "an entry without a key"), UTF_8));
    try {
      JsonNode value = JSON.readTree(entry.value());
      byNewPosition.put(
          value.required("position").textValue(),
          new ReplayedRecord(
              value.required("origin").textValue(), value.required("count").intValue()));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "topic '%s', offset %d: found no entry of a replay"
              .formatted(entry.topic(), entry.offset()),
          e);
    }
  }
}
