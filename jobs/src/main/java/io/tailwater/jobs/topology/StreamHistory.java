// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.ViewInput;
import io.tailwater.jobs.source.ArchiveLocation;
import io.tailwater.jobs.source.EventClock;
import io.tailwater.jobs.source.FileLocation;
import io.tailwater.jobs.source.FileScan;
import io.tailwater.jobs.source.HistoryLocation;
import io.tailwater.jobs.source.KafkaLocation;
import io.tailwater.jobs.source.KafkaRangeLocation;
import io.tailwater.jobs.source.KafkaSeams;
import io.tailwater.jobs.source.SourceLocation;
import io.tailwater.jobs.view.History;
import io.tailwater.sinks.iceberg.ArchiveReader;
import io.tailwater.sinks.iceberg.ArchivedPartition;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.jspecify.annotations.Nullable;

/**
 * What a stream that begins with history reads, and where it goes on: found once, before the job
 * starts.
 *
 * <p>The archives are looked at before the tables. So of what is in an archive the tables know all,
 * unless the stream that wrote both died between its commits; see docs/history.md.
 */
final class StreamHistory {
  private final Project project;
  private final Endpoints endpoints;
  private final StreamStart start;
  private final EventClock clock;
  private final Map<String, ArchiveReader> archives = new HashMap<>();
  private final Map<String, Long> wholeUpTo = new HashMap<>();
  private final Map<String, SourceLocation> locations = new HashMap<>();
  private final Map<String, Long> knownFrom = new HashMap<>();

  private StreamHistory(Project project, Endpoints endpoints, StreamStart start, EventClock clock) {
    this.project = project;
    this.endpoints = endpoints;
    this.start = start;
    this.clock = clock;
  }

  /**
   * Finds history.
   *
   * @param sources those that are read from Kafka
   * @throws IOException if an archive, a file or Kafka cannot be read
   * @throws IllegalArgumentException if history is not there, or Kafka does not hold what follows
   *     it, saying what to do
   */
  static StreamHistory resolve(
      Project project,
      Endpoints endpoints,
      StreamStart start,
      Collection<EventSource> sources,
      EventClock clock)
      throws IOException {
    StreamHistory history = new StreamHistory(project, endpoints, start, clock);
    history.check(sources);
    try {
      for (EventSource source : sources) {
        if (start.archives() && source.archive()) {
          history.openArchive(source);
        }
      }
      for (FeatureView view : project.views()) {
        history.wholeUpTo.put(view.name(), history.tableWatermark(view));
      }
      for (EventSource source : sources) {
        history.locations.put(source.name(), history.location(source));
      }
    } finally {
      for (ArchiveReader archive : history.archives.values()) {
        archive.close();
      }
    }
    return history;
  }

  /** Where each source is, by its name. */
  Map<String, SourceLocation> locations() {
    return locations;
  }

  /** The sources that begin with history. */
  Set<String> sources() {
    Set<String> names = new HashSet<>(start.files().keySet());
    archives.forEach(
        (source, archive) -> {
          if (!archive.isEmpty()) {
            names.add(source);
          }
        });
    return names;
  }

  /** From when on the events of each source are known, by its name. */
  Map<String, Long> knownFrom() {
    return knownFrom;
  }

  /** The instant up to which the offline table of a view is whole. */
  long wholeUpTo(String view) {
    return requireNonNull(wholeUpTo.get(view));
  }

  /**
   * What windows have to know. Files have no offsets to go on from.
   *
   * @param known the views that have vectors
   */
  History ofWindows(Set<String> known) {
    return new History(wholeUpTo, known, start.files().keySet());
  }

  private void check(Collection<EventSource> sources) {
    List<String> names = sources.stream().map(EventSource::name).toList();
    for (Map.Entry<String, Path> file : start.files().entrySet()) {
      if (!names.contains(file.getKey())) {
        throw new IllegalArgumentException(
            "--history %s=%s: found no such source in Kafka, expected one of %s"
                .formatted(file.getKey(), file.getValue(), names));
      }
    }
    if (start.archives() && sources.stream().noneMatch(EventSource::archive)) {
      throw new IllegalArgumentException(
          "--history archive: found no source in Kafka with 'archive: true' among %s; expected --history NAME=FILE"
              .formatted(names));
    }
  }

  private void openArchive(EventSource source) {
    if (start.files().containsKey(source.name())) {
      return;
    }
    try {
      archives.put(source.name(), ArchiveReader.open(endpoints.catalog(), project.name(), source));
    } catch (NoSuchTableException e) {
      throw new IllegalArgumentException(
          ("--history archive: found no archive of source '%1$s' in the warehouse."
                  + " A stream makes it: start without history once, or begin with --history %1$s=FILE")
              .formatted(source.name()),
          e);
    }
  }

  private long tableWatermark(FeatureView view) throws IOException {
    try (OfflineTableReader table =
        OfflineTableReader.open(endpoints.catalog(), project.name(), view)) {
      Long watermark = table.snapshot().watermark();
      return watermark == null ? Long.MIN_VALUE : watermark;
    } catch (NoSuchTableException e) {
      return Long.MIN_VALUE;
    }
  }

  private SourceLocation location(EventSource source) throws IOException {
    KafkaRangeLocation held = KnownTopics.held(source, endpoints);
    ArchiveReader archive = archives.get(source.name());
    Map<Integer, ArchivedPartition> archived =
        archive == null
            ? Map.of()
            : archive
                .partitions()
                // What was archived of a topic that the source had before tells nothing of this.
                .getOrDefault(requireNonNull(source.kafka()).topic(), Map.of());
    Map<Integer, Long> reached = new HashMap<>();
    Map<Integer, Long> newest = new HashMap<>();
    archived.forEach(
        (partition, events) -> {
          reached.put(partition, events.nextOffset());
          if (events.newestTime() != Long.MIN_VALUE) {
            newest.put(partition, events.newestTime());
          }
        });
    KafkaLocation topic = KafkaSeams.resolve(source, held, reached, newest);
    List<FeatureView> views = project.views().stream().filter(view -> reads(view, source)).toList();
    SourceLocation history = history(source, archive, oldest(views));
    knownFrom.put(
        source.name(),
        history instanceof FileLocation file
            ? FileScan.oldestEventTime(source, new FileLocation(file.path())).orElse(Long.MIN_VALUE)
            : KnownTopics.knownFrom(source, held, archived, clock));
    return history == null || views.isEmpty() ? topic : new HistoryLocation(history, topic);
  }

  private @Nullable SourceLocation history(
      EventSource source, @Nullable ArchiveReader archive, long oldest) {
    Path file = start.files().get(source.name());
    if (file != null) {
      SourceNames.requireReadable("--history", source, file);
      return new FileLocation(file.toString(), oldest);
    }
    // Before its first checkpoint an archive holds nothing.
    return archive == null || archive.isEmpty() ? null : ArchiveLocation.of(archive, oldest);
  }

  /** The oldest event that makes a difference to a view: see {@link #oldest(FeatureView)}. */
  private long oldest(List<FeatureView> views) {
    return views.stream().mapToLong(this::oldest).min().orElse(Long.MIN_VALUE);
  }

  /**
   * Twice as far back as windows reach, from the earliest instant that a late event can correct:
   * the vector of an entity is as of its last step, that may be as old as its longest window, and
   * holds what its windows held then.
   */
  private long oldest(FeatureView view) {
    long whole = requireNonNull(wholeUpTo.get(view.name()));
    long late =
        view.inputs().stream()
            .mapToLong(input -> input.source().watermark().allowedLatenessMillis())
            .max()
            .orElse(0);
    if (whole < Long.MIN_VALUE + late) {
      return Long.MIN_VALUE;
    }
    return reach(view, reach(view, whole - late));
  }

  private static long reach(FeatureView view, long from) {
    return view.inputs().stream()
        .mapToLong(input -> Reach.oldestEvent(List.of(view), input.source(), from))
        .min()
        .orElse(from);
  }

  private static boolean reads(FeatureView view, EventSource source) {
    return view.inputs().stream().map(ViewInput::source).anyMatch(source::equals);
  }
}
