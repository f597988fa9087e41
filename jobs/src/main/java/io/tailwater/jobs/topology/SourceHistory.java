// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.replay.ReplayEvent;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.source.ArchiveLocation;
import io.tailwater.jobs.source.ArchiveScan;
import io.tailwater.jobs.source.EventClock;
import io.tailwater.jobs.source.FileLocation;
import io.tailwater.jobs.source.FileScan;
import io.tailwater.jobs.source.KafkaLocation;
import io.tailwater.jobs.source.KafkaRangeLocation;
import io.tailwater.jobs.source.KafkaScan;
import io.tailwater.jobs.source.RefusedEvents;
import io.tailwater.jobs.source.SourceEvent;
import io.tailwater.jobs.source.SourceLocation;
import io.tailwater.sinks.deadletter.KafkaDeadLetters;
import io.tailwater.sinks.iceberg.ArchiveReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of a project's sources as they are now, read in this process, one after the other:
 * from files, archives or Kafka, like those of a backfill. Not thread-safe.
 */
public final class SourceHistory {
  private static final Logger LOG = LoggerFactory.getLogger(SourceHistory.class);

  private final Project project;
  private final Endpoints endpoints;
  private final BackfillInputs inputs;
  private final Set<String> unknownRefusals = new HashSet<>();
  private final Map<String, Set<String>> refused = new HashMap<>();

  /**
   * @param project the sources of its views are read
   * @param inputs where each source is read
   * @throws IllegalArgumentException if there is no source of a given name
   */
  public SourceHistory(Project project, Settings settings, BackfillInputs inputs) {
    this.project = requireNonNull(project, "project is null");
    this.endpoints = new Endpoints(requireNonNull(settings, "settings is null"));
    this.inputs = requireNonNull(inputs, "inputs is null");
    SourceNames.require(project, inputs.files().keySet());
    SourceNames.require(project, inputs.archives());
  }

  /**
   * Hands over the events that decode. Those of Kafka and of files are read to the last one,
   * whatever is wanted of them.
   *
   * @param wanted by source, what is wanted of an archive: see {@link ArchiveScan}
   * @throws IOException if a source cannot be read
   * @throws IllegalArgumentException if it is not there, saying what to give instead
   */
  public void forEach(
      Function<EventSource, List<Map<String, Object>>> wanted, Consumer<ReplayEvent> consumer)
      throws IOException {
    Map<String, SourceLocation> locations =
        BackfillSources.resolve(project, endpoints, inputs, EventClock.system(), null).locations();
    for (EventSource source : project.readSources()) {
      read(
          source,
          requireNonNull(locations.get(source.name())),
          wanted.apply(source),
          event -> hand(source, event, consumer));
    }
  }

  /**
   * What a stream has refused of Kafka's events because of their times, found when they, or their
   * archive, were read: by view, their positions. See {@link #unknownRefusals}.
   */
  public Map<String, Set<String>> refused() {
    return Map.copyOf(refused);
  }

  /**
   * The sources of which it is not known what a stream has refused: files, and archives where Kafka
   * does not answer.
   */
  public Set<String> unknownRefusals() {
    return Set.copyOf(unknownRefusals);
  }

  private void read(
      EventSource source,
      SourceLocation location,
      List<Map<String, Object>> wanted,
      Consumer<SourceEvent> consumer)
      throws IOException {
    if (location instanceof FileLocation files) {
      FileScan.forEach(source, files, consumer);
      unknownRefusals.add(source.name());
    } else if (location instanceof KafkaRangeLocation range) {
      KafkaScan.forEach(source, range, consumer);
      addRefused(source, range.kafka());
    } else if (location instanceof ArchiveLocation) {
      try (ArchiveReader archive =
          ArchiveReader.open(endpoints.catalog(), project.name(), source)) {
        ArchiveScan.forEach(source, archive, wanted, consumer);
      }
      addRefusedOfArchive(source);
    } else {
      throw new IllegalArgumentException("no bounded location: " + location);
    }
  }

  private void addRefused(EventSource source, KafkaLocation kafka) throws IOException {
    RefusedEvents.byView(source, kafka, deadLetters(source))
        .forEach(
            (view, positions) ->
                refused.computeIfAbsent(view, added -> new HashSet<>()).addAll(positions));
  }

  /** An archive can be read without Kafka. */
  private void addRefusedOfArchive(EventSource source) {
    if (endpoints.settings().kafka() == null) {
      unknownRefusals.add(source.name());
      return;
    }
    try {
      addRefused(source, endpoints.topics());
    } catch (IOException e) {
      LOG.warn("Source '{}': cannot read its dead letters", source.name(), e);
      unknownRefusals.add(source.name());
    }
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
