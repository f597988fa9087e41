// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Project;
import io.tailwater.jobs.source.ArchiveLocation;
import io.tailwater.jobs.source.EventClock;
import io.tailwater.jobs.source.FileLocation;
import io.tailwater.jobs.source.FileScan;
import io.tailwater.jobs.source.KafkaLocation;
import io.tailwater.jobs.source.KafkaRangeLocation;
import io.tailwater.jobs.source.KafkaRanges;
import io.tailwater.jobs.source.KafkaScan;
import io.tailwater.jobs.source.SourceLocation;
import io.tailwater.sinks.iceberg.ArchiveReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.jspecify.annotations.Nullable;

/**
 * The bounded sources of a backfill, as they are at its start: the files that are there, a topic's
 * offsets, an archive's snapshot.
 */
final class BackfillSources {
  private final Project project;
  private final Endpoints endpoints;
  private final BackfillInputs inputs;
  private final EventClock clock;
  private final @Nullable Long firstRow;
  private final List<Bounded> sources = new ArrayList<>();
  private final Map<String, Long> knownFrom = new HashMap<>();
  private boolean ofKafka;
  private long outOfOrderness;

  private BackfillSources(
      Project project,
      Endpoints endpoints,
      BackfillInputs inputs,
      EventClock clock,
      @Nullable Long firstRow) {
    this.project = project;
    this.endpoints = endpoints;
    this.inputs = inputs;
    this.clock = clock;
    this.firstRow = firstRow;
  }

  /** A source with what is known of it without reading its events. */
  private record Bounded(
      EventSource source, SourceLocation location, @Nullable Long events, Scan scan) {}

  /** Finds the newest event time, and how many events there are. */
  @FunctionalInterface
  private interface Scan {
    FileScan scan() throws IOException;
  }

  /**
   * Finds the sources of the project's views.
   *
   * @param firstRow the first instant whose rows are wanted, in milliseconds; null for all
   * @throws IOException if a source cannot be read
   * @throws IllegalArgumentException if it is not there, saying what to give instead
   */
  static BackfillSources resolve(
      Project project,
      Endpoints endpoints,
      BackfillInputs inputs,
      EventClock clock,
      @Nullable Long firstRow)
      throws IOException {
    BackfillSources resolved = new BackfillSources(project, endpoints, inputs, clock, firstRow);
    for (EventSource source : project.readSources()) {
      resolved.sources.add(resolved.bounded(source));
    }
    return resolved;
  }

  /** Where each source is, by its name. */
  Map<String, SourceLocation> locations() {
    Map<String, SourceLocation> locations = new LinkedHashMap<>();
    sources.forEach(bounded -> locations.put(bounded.source.name(), bounded.location));
    return locations;
  }

  /**
   * Of each source by its name the instant from which on all of its events are known. A file is all
   * that there was; of a topic, and of its archive, the beginning may be gone.
   */
  Map<String, Long> knownFrom() {
    return knownFrom;
  }

  /**
   * The end of a run that is not given one: with a source of Kafka, which goes on, the clock
   * without the largest out-of-orderness; else the newest event's time.
   */
  long end() throws IOException {
    return ofKafka ? clock.millis() - outOfOrderness : newestEventTime().orElse(Long.MIN_VALUE);
  }

  /**
   * The newest event time of all sources, in milliseconds; empty without events. Files and topics
   * are read for it, once.
   */
  OptionalLong newestEventTime() throws IOException {
    OptionalLong newest = OptionalLong.empty();
    for (int i = 0; i < sources.size(); i++) {
      Bounded bounded = sources.get(i);
      FileScan scan = bounded.scan.scan();
      sources.set(i, new Bounded(bounded.source, bounded.location, scan.events(), () -> scan));
      OptionalLong time = scan.newestEventTime();
      if (time.isPresent() && (newest.isEmpty() || time.getAsLong() > newest.getAsLong())) {
        newest = time;
      }
    }
    return newest;
  }

  /** How many events each source has at most, by its name, as far as that is known. */
  Map<String, Long> eventCounts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Bounded bounded : sources) {
      if (bounded.events != null) {
        counts.put(bounded.source.name(), bounded.events);
      }
    }
    return counts;
  }

  private Bounded bounded(EventSource source) throws IOException {
    long oldest =
        firstRow == null ? Long.MIN_VALUE : Reach.oldestEvent(project.views(), source, firstRow);
    Path file = inputs.files().get(source.name());
    if (file != null) {
      return ofFile(source, file, oldest);
    }
    return inputs.archives().contains(source.name())
        ? ofArchive(source, oldest)
        : ofTopic(source, oldest);
  }

  private Bounded ofFile(EventSource source, Path file, long oldest) {
    SourceNames.requireReadable(source, file);
    FileLocation location = new FileLocation(file.toString(), oldest);
    return new Bounded(source, location, null, () -> FileScan.of(source, location, clock));
  }

  private Bounded ofArchive(EventSource source, long oldest) throws IOException {
    try (ArchiveReader archive = ArchiveReader.open(endpoints.catalog(), project.name(), source)) {
      knownFrom.put(source.name(), KnownTopics.archivedFrom(source, archive));
      long events = archive.eventCount(oldest);
      OptionalLong newest =
          archive.newestEventTime(clock.millis() + source.watermark().maxAheadMillis());
      return new Bounded(
          source, ArchiveLocation.of(archive, oldest), events, () -> FileScan.of(events, newest));
    } catch (NoSuchTableException e) {
      throw new IllegalArgumentException(
          "--source %1$s=archive: found no archive in the warehouse; a stream of a source with 'archive: true' makes it"
              .formatted(source.name()),
          e);
    }
  }

  private Bounded ofTopic(EventSource source, long oldest) throws IOException {
    if (source.kafka() == null) {
      throw new IllegalArgumentException(
          "source '%1$s': found no topic and no file, expected --source %1$s=FILE: one of .csv, .jsonl, .avro or .parquet, or a folder of such"
              .formatted(source.name()));
    }
    KafkaLocation kafka = kafka(source);
    ofKafka = true;
    outOfOrderness = Math.max(outOfOrderness, source.watermark().outOfOrdernessMillis());
    KafkaRangeLocation range =
        KafkaRanges.resolve(source, kafka, kafkaFrom(source, oldest), inputs.kafkaTo(), oldest);
    knownFrom.put(
        source.name(),
        Math.max(
            inputs.kafkaFrom() == null ? Long.MIN_VALUE : inputs.kafkaFrom(),
            KnownTopics.knownFrom(source, KnownTopics.held(source, endpoints), Map.of(), clock)));
    return new Bounded(
        source,
        range,
        range.recordCount(),
        () -> FileScan.of(range.recordCount(), KafkaScan.newestEventTime(source, range, clock)));
  }

  private KafkaLocation kafka(EventSource source) {
    try {
      return endpoints.topics();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "source '%1$s': found no file (--source %1$s=FILE) and no Kafka to read it from: %2$s"
              .formatted(source.name(), e.getMessage()),
          e);
    }
  }

  /**
   * An event is not written before it happens, but for clocks that differ: those that are further
   * ahead than {@code max_ahead} a stream refuses. So its record's timestamp is at least its own
   * time less that.
   */
  private @Nullable Long kafkaFrom(EventSource source, long oldest) {
    Long given = inputs.kafkaFrom();
    if (given != null) {
      return given == Long.MIN_VALUE ? null : given;
    }
    long ahead = source.watermark().maxAheadMillis();
    return oldest < Long.MIN_VALUE + ahead ? null : (Long) (oldest - ahead);
  }
}
