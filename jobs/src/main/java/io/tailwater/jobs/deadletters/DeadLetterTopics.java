// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.deadletters;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.KafkaTopic;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.source.KafkaLocation;
import io.tailwater.jobs.source.TopicScan;
import io.tailwater.sinks.deadletter.DeadLetterHeaders;
import io.tailwater.sinks.deadletter.KafkaDeadLetters;
import io.tailwater.stores.DeadLetter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The topics of a project's dead letters, read in this process. */
public final class DeadLetterTopics {
  private final KafkaLocation kafka;
  private final Map<String, List<EventSource>> sources;

  private DeadLetterTopics(KafkaLocation kafka, Map<String, List<EventSource>> sources) {
    this.kafka = kafka;
    this.sources = sources;
  }

  /**
   * The topics of the project's sources that have one, and of those only that are named.
   *
   * @param kafka the cluster
   * @param names of sources; empty for all
   */
  public static DeadLetterTopics of(
      Project project, Settings settings, KafkaLocation kafka, Set<String> names) {
    Map<String, List<EventSource>> sources = new LinkedHashMap<>();
    for (EventSource source : project.sources()) {
      KafkaTopic topic = source.kafka();
      if (topic != null && (names.isEmpty() || names.contains(source.name()))) {
        sources.computeIfAbsent(topicOf(settings, topic), added -> new ArrayList<>()).add(source);
      }
    }
    return new DeadLetterTopics(requireNonNull(kafka, "kafka is null"), sources);
  }

  private static String topicOf(Settings settings, KafkaTopic topic) {
    String configured = settings.deadLetters();
    return configured == null ? KafkaDeadLetters.topicFor(topic.topic()) : configured;
  }

  /**
   * Hands over the letters that are there now, those of a partition in its order.
   *
   * @return the topics that are not there
   * @throws IOException if Kafka fails
   */
  public List<String> forEach(LetterFilter filter, Consumer<StoredLetter> consumer)
      throws IOException {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, List<EventSource>> topic : sources.entrySet()) {
      EventSource source = topic.getValue().get(0);
      ReplayLog log = ReplayLog.read(source, kafka, topic.getKey());
      boolean present =
          TopicScan.forEach(
              source,
              kafka,
              topic.getKey(),
              stored ->
                  DeadLetterHeaders.letter(stored)
                      .filter(filter::takes)
                      .ifPresent(letter -> consumer.accept(stored(stored, letter, log))));
      if (!present) {
        missing.add(topic.getKey());
      }
    }
    return missing;
  }

  private static StoredLetter stored(
      ConsumerRecord<byte[], byte[]> stored, DeadLetter letter, ReplayLog log) {
    ReplayedRecord arrival = log.arrival(letter.position());
    return new StoredLetter(
        letter,
        "%s/%d/%d".formatted(stored.topic(), stored.partition(), stored.offset()),
        arrival == null ? 0 : arrival.count(),
        log.isReplayed(letter.position()));
  }

  /** The topics of dead letters, each with the sources whose letters it has. */
  Map<String, List<EventSource>> byTopic() {
    return sources;
  }

  KafkaLocation kafka() {
    return kafka;
  }
}
