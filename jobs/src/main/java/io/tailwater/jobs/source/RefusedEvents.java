// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.sinks.deadletter.DeadLetterHeaders;
import io.tailwater.stores.DeadLetter;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The events of a Kafka source that a stream has refused though they decode: by their times. */
public final class RefusedEvents {
  private static final Set<String> CODES =
      Set.of(DeadLetter.Code.TOO_LATE.name(), DeadLetter.Code.FUTURE.name());

  private RefusedEvents() {}

  /**
   * Reads the source's dead letters.
   *
   * @param topic of the dead letters; it may have those of other sources too
   * @return by the name of the view, the positions of the events that it has refused as too late or
   *     of the future; empty where there is no topic of dead letters
   * @throws IOException if Kafka fails
   */
  public static Map<String, Set<String>> byView(
      EventSource source, KafkaLocation kafka, String topic) throws IOException {
    Map<String, Set<String>> positions = new HashMap<>();
    TopicScan.forEach(source, kafka, topic, letter -> add(source, letter, positions));
    return positions;
  }

  private static void add(
      EventSource source,
      ConsumerRecord<byte[], byte[]> letter,
      Map<String, Set<String>> positions) {
    String code = header(letter, DeadLetterHeaders.CODE);
    String view = header(letter, DeadLetterHeaders.VIEW);
    String position = header(letter, DeadLetterHeaders.POSITION);
    boolean own = source.name().equals(header(letter, DeadLetterHeaders.SOURCE));
    if (own && code != null && CODES.contains(code) && view != null) {
      positions
          .computeIfAbsent(view, added -> new HashSet<>())
          .add(requireNonNull(position, "a dead letter without a position"));
    }
  }

  private static @Nullable String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), UTF_8);
  }
}
