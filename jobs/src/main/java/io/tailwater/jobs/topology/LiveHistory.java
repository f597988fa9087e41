// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.replay.ReplayEvent;
import io.tailwater.definitions.settings.KafkaSettings;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.source.ArchiveLocation;
import io.tailwater.jobs.source.ArchiveScan;
import io.tailwater.jobs.source.EventClock;
import io.tailwater.jobs.source.FileLocation;
import io.tailwater.jobs.source.FileScan;
import io.tailwater.jobs.source.GroupOffsets;
import io.tailwater.jobs.source.KafkaLocation;
import io.tailwater.jobs.source.KafkaRangeLocation;
import io.tailwater.jobs.source.KafkaRanges;
import io.tailwater.jobs.source.KafkaScan;
import io.tailwater.jobs.source.Refusals;
import io.tailwater.jobs.source.SourceEvent;
import io.tailwater.jobs.source.SourceLocation;
import io.tailwater.sinks.deadletter.KafkaDeadLetters;
import io.tailwater.sinks.iceberg.ArchiveReader;
import io.tailwater.sinks.iceberg.ArchivedPartition;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of a project's sources while a stream reads them too: what is there first, and then
 * what has come meanwhile. Read in this process, whole. Not thread-safe.
 */
public final class LiveHistory {
  private final Project project;
  private final Endpoints endpoints;
  private final BackfillInputs inputs;
  private final Map<String, Map<Integer, Long>> nextOffsets = new HashMap<>();
  private Map<String, Long> knownFrom = Map.of();

  /**
   * @param project the sources of its views are read
   * @param inputs where each source is read
   * @throws IllegalArgumentException if there is no source of a given name
   */
  public LiveHistory(Project project, Settings settings, BackfillInputs inputs) {
    this.project = requireNonNull(project, "project is null");
    this.endpoints = new Endpoints(requireNonNull(settings, "settings is null"));
    this.inputs = requireNonNull(inputs, "inputs is null");
    SourceNames.require(project, inputs.files().keySet());
    SourceNames.require(project, inputs.archives());
  }

  /**
   * Hands over the events that decode, of all that is there.
   *
   * @throws IOException if a source cannot be read
   * @throws IllegalArgumentException if it is not there, saying what to give instead
   */
  public void begin(Consumer<ReplayEvent> consumer) throws IOException {
    BackfillSources sources =
        BackfillSources.resolve(project, endpoints, inputs, EventClock.system(), null);
    knownFrom = Map.copyOf(sources.knownFrom());
    Map<String, SourceLocation> locations = sources.locations();
    for (EventSource source : project.readSources()) {
      begin(
          source,
          requireNonNull(locations.get(source.name())),
          event -> hand(source, event, consumer));
    }
  }

  /**
   * Hands over the events that decode, of what has come to Kafka since the last call.
   *
   * @throws IOException if Kafka fails
   */
  public void readOn(Consumer<ReplayEvent> consumer) throws IOException {
    KafkaLocation kafka = kafka();
    for (EventSource source : project.readSources()) {
      Map<Integer, Long> begins = nextOffsets.get(source.name());
      if (kafka == null || begins == null) {
        continue;
      }
      Map<Integer, Long> ends =
          KafkaRanges.resolve(source, kafka, null, null, Long.MIN_VALUE).ends();
      Map<Integer, Long> from = new HashMap<>();
      ends.forEach(
          (partition, end) ->
              from.put(partition, Math.min(end, begins.getOrDefault(partition, 0L))));
      KafkaScan.forEach(
          source,
          new KafkaRangeLocation(kafka, from, ends, Long.MIN_VALUE),
          event -> hand(source, event, consumer));
      nextOffsets.put(source.name(), ends);
    }
  }

  /** Of each source by its name the instant from which on all of its events are known. */
  public Map<String, Long> knownFrom() {
    return knownFrom;
  }

  /**
   * How far a stream has come in each source that is read from Kafka, by its name, as {@link
   * GroupOffsets} tells. A source that it has committed nothing of is missing.
   *
   * @throws IOException if Kafka fails
   */
  public Map<String, Map<Integer, Long>> processed() throws IOException {
    Map<String, Map<Integer, Long>> processed = new HashMap<>();
    KafkaLocation kafka = kafka();
    for (EventSource source : project.readSources()) {
      if (kafka != null && nextOffsets.containsKey(source.name())) {
        Map<Integer, Long> offsets = GroupOffsets.of(source, kafka);
        if (!offsets.isEmpty()) {
          processed.put(source.name(), offsets);
        }
      }
    }
    return processed;
  }

  /**
   * What a stream has refused of Kafka's events up to now.
   *
   * @throws IOException if Kafka fails
   */
  public Refusals refusals() throws IOException {
    Refusals refusals = new Refusals();
    KafkaLocation kafka = kafka();
    for (EventSource source : project.readSources()) {
      if (kafka != null && nextOffsets.containsKey(source.name())) {
        refusals.read(source, kafka, deadLetters(source));
      }
    }
    return refusals;
  }

  private void begin(EventSource source, SourceLocation location, Consumer<SourceEvent> consumer)
      throws IOException {
    if (location instanceof FileLocation files) {
      FileScan.forEach(source, files, consumer);
    } else if (location instanceof KafkaRangeLocation range) {
      KafkaScan.forEach(source, range, consumer);
      nextOffsets.put(source.name(), range.ends());
    } else if (location instanceof ArchiveLocation) {
      beginArchive(source, consumer);
    } else {
      throw new IllegalArgumentException("no bounded location: " + location);
    }
  }

  /** Behind what is archived of a partition Kafka goes on. */
  private void beginArchive(EventSource source, Consumer<SourceEvent> consumer) throws IOException {
    try (ArchiveReader archive = ArchiveReader.open(endpoints.catalog(), project.name(), source)) {
      ArchiveScan.forEach(source, archive, List.of(), consumer);
      if (source.kafka() != null && !archive.isEmpty()) {
        Map<Integer, Long> next = new HashMap<>();
        Map<Integer, ArchivedPartition> partitions =
            archive.partitions().getOrDefault(source.kafka().topic(), Map.of());
        partitions.forEach((id, partition) -> next.put(id, partition.nextOffset()));
        nextOffsets.put(source.name(), next);
      }
    }
  }

  private @Nullable KafkaLocation kafka() {
    KafkaSettings kafka = endpoints.settings().kafka();
    return kafka == null
        ? null
        : KafkaLocation.of(kafka.bootstrap()).withProperties(kafka.properties());
  }

  private String deadLetters(EventSource source) {
    String configured = endpoints.settings().deadLetters();
    return configured == null
        ? KafkaDeadLetters.topicFor(requireNonNull(source.kafka()).topic())
        : configured;
  }

  private static void hand(EventSource source, SourceEvent event, Consumer<ReplayEvent> consumer) {
    if (event.row() != null && event.eventId() != null) {
      consumer.accept(
          new ReplayEvent(
              source.name(), event.row(), event.eventTime(), event.eventId(), event.position()));
    }
  }
}
