// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.KafkaTopic;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.KafkaSettings;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.source.EventClock;
import io.tailwater.jobs.source.FileLocation;
import io.tailwater.jobs.source.FileScan;
import io.tailwater.jobs.source.SourceLocation;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.view.Completeness;
import io.tailwater.jobs.view.Takeover;
import io.tailwater.jobs.view.WindowSettings;
import io.tailwater.sinks.deadletter.DeadLetterTopic;
import io.tailwater.sinks.deadletter.FileDeadLetters;
import io.tailwater.sinks.deadletter.KafkaDeadLetters;
import io.tailwater.sinks.iceberg.ArchiveTables;
import io.tailwater.sinks.iceberg.OfflineTakeover;
import io.tailwater.stores.DeadLetter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.flink.CatalogLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streaming job of a project: definitions and settings in, a graph on the real stores out.
 * Everything that can be wrong with endpoints, tables and files is found before the job starts.
 */
public final class StreamJob {
  private static final Logger LOG = LoggerFactory.getLogger(StreamJob.class);

  private final Project project;
  private final Settings settings;
  private final Endpoints endpoints;
  private final Map<String, Path> files;
  private final SourceOptions options;
  private final StreamStart start;

  /**
   * A job that starts without history.
   *
   * @param files for sources that are read from a file instead of Kafka, the file
   */
  public StreamJob(
      Project project, Settings settings, Map<String, Path> files, SourceOptions options) {
    this(project, settings, files, options, StreamStart.DEFAULT);
  }

  /**
   * A job.
   *
   * @param files for sources that are read from a file instead of Kafka, the file
   * @param start how it starts without restored state
   */
  public StreamJob(
      Project project,
      Settings settings,
      Map<String, Path> files,
      SourceOptions options,
      StreamStart start) {
    this.project = requireNonNull(project, "project is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.endpoints = new Endpoints(settings);
    this.files = Map.copyOf(files);
    this.options = requireNonNull(options, "options is null");
    this.start = requireNonNull(start, "start is null");
    SourceNames.require(project, files.keySet());
  }

  /**
   * Builds the graph.
   *
   * @param env whether state is restored is in its configuration
   * @throws IOException if a file, an archive or a topic cannot be read
   * @throws IllegalArgumentException if a setting or a file is missing, or the online store knows
   *     more than the stream would, saying which and what to give
   */
  public void define(StreamExecutionEnvironment env) throws IOException {
    EventClock clock = options.clock();
    Set<String> archived = archivedSources();
    Map<String, SourceLocation> locations = new HashMap<>();
    List<EventSource> topics = new ArrayList<>();
    for (EventSource source : read(archived)) {
      if (!files.containsKey(source.name())) {
        topics.add(source);
      }
      locations.put(source.name(), location(source));
    }
    AppliedVersion applied = AppliedVersion.requireForStream(project, endpoints.redis(project));
    String savepoint = env.getConfiguration().get(StateRecoveryOptions.SAVEPOINT_PATH);
    SavedStream saved = savepoint == null ? null : SavedStream.read(savepoint);
    if (saved != null) {
      saved.check(project);
    }
    WindowSettings windows =
        begin(
                new WindowSettings(clock, clock.millis(), endInstant(locations), false),
                topics,
                locations,
                saved)
            .withTakeover(takeover());
    StoreSinks sinks =
        new StoreSinks(
                project.name(),
                endpoints.redis(project),
                endpoints.catalog(),
                this::deadLetters,
                windows.endInstant())
            .withArchives(archived)
            .withGeneration(windows.generation());
    FeaturePipeline.define(
        env, project, PipelineSources.of(locations, sourceOptions()), sinks, windows);
    if (saved != null) {
      saved.forgetDropped(env, project);
    }
    applied.stamp(endpoints.catalog(), project.name(), project.views());
  }

  private Takeover takeover() {
    CatalogLoader catalog = endpoints.catalog();
    String name = project.name();
    return (view, generation, completeFrom) ->
        OfflineTakeover.take(catalog, name, view, generation, completeFrom);
  }

  /** What views are computed from, and what is archived for views to come. */
  private List<EventSource> read(Set<String> archived) {
    List<EventSource> ofViews = project.readSources();
    return project.sources().stream()
        .filter(source -> ofViews.contains(source) || archived.contains(source.name()))
        .toList();
  }

  /**
   * Finds out what the stream begins with, and whether it may.
   *
   * @param locations gets those of sources with history
   * @param saved the stream that it goes on from; null for none
   */
  private WindowSettings begin(
      WindowSettings windows,
      List<EventSource> topics,
      Map<String, SourceLocation> locations,
      @Nullable SavedStream saved)
      throws IOException {
    List<FeatureView> beginning =
        project.views().stream()
            .filter(view -> saved == null || !saved.views().containsKey(view.name()))
            .toList();
    KnownVectors known =
        beginning.isEmpty() || start.cold() || topics.isEmpty()
            ? null
            : KnownVectors.find(project, beginning, endpoints.redis(project), topics);
    Set<String> forgetful = new HashSet<>();
    topics.forEach(source -> forgetful.add(source.name()));
    StreamHistory history =
        start.hasHistory()
            ? StreamHistory.resolve(project, endpoints, start, topics, options.clock())
            : null;
    if (history != null) {
      locations.putAll(history.locations());
      forgetful.removeAll(history.sources());
    }
    if (known != null) {
      known.guard(forgetful);
      if (history != null) {
        known.guard(history, options.clock().millis());
      }
    }
    WindowSettings begun =
        history == null
            ? windows
            : windows.withHistory(history.ofWindows(known == null ? Set.of() : known.views()));
    Map<String, Long> knownFrom;
    if (saved != null) {
      knownFrom = knownFrom(topics, saved);
    } else {
      knownFrom = history == null ? knownFrom(topics) : history.knownFrom();
    }
    logCompleteness(beginning, knownFrom);
    return begun.withKnownFrom(knownFrom);
  }

  /** For what begins now of a stream that goes on; what goes on knows more. */
  private Map<String, Long> knownFrom(List<EventSource> topics, SavedStream saved)
      throws IOException {
    Map<String, Long> knownFrom =
        knownFrom(topics.stream().filter(source -> !saved.reads(source)).toList());
    for (EventSource source : topics) {
      if (saved.reads(source)) {
        // Without a view nobody has noted the events that were read.
        long latest = options.clock().millis() + source.watermark().maxAheadMillis();
        knownFrom.put(source.name(), saved.knownFrom(source).orElse(latest));
      }
    }
    return knownFrom;
  }

  private Map<String, Long> knownFrom(List<EventSource> topics) {
    Map<String, Long> knownFrom = new HashMap<>();
    for (EventSource source : topics) {
      try {
        knownFrom.put(
            source.name(),
            KnownTopics.knownFrom(
                source, KnownTopics.held(source, endpoints), Map.of(), options.clock()));
      } catch (IOException e) {
        // The job waits for Kafka; only what is told of its windows is missing.
        LOG.warn("Source '{}': cannot tell from when on its events are known", source.name(), e);
      }
    }
    return knownFrom;
  }

  private void logCompleteness(List<FeatureView> views, Map<String, Long> knownFrom) {
    for (FeatureView view : views) {
      Completeness.byFeature(view, knownFrom)
          .forEach(
              (feature, instant) -> {
                if (instant != Completeness.ALWAYS) {
                  LOG.info(
                      "View '{}', feature '{}': complete from {}",
                      view.name(),
                      feature,
                      instant == Completeness.NEVER ? "never" : Instant.ofEpochMilli(instant));
                }
              });
    }
  }

  /** What comes from files is in them anyway. */
  private Set<String> archivedSources() {
    Set<String> archived = new HashSet<>();
    for (EventSource source : project.sources()) {
      if (source.archive() && !files.containsKey(source.name())) {
        archived.add(source.name());
        String table = ArchiveTables.identifier(project.name(), source.name()).name();
        if (project.storedView(table).isPresent()) {
          throw new IllegalArgumentException(
              "view '%s': found the name of the archive of source '%s', expected another name"
                  .formatted(table, source.name()));
        }
      }
    }
    return archived;
  }

  private SourceOptions sourceOptions() {
    KafkaSettings kafka = settings.kafka();
    Long maxDrift = kafka == null ? null : kafka.maxDriftMillis();
    return maxDrift == null
        ? options
        : options.withAlignment(options.alignment().withMaxDrift(Duration.ofMillis(maxDrift)));
  }

  private SourceLocation location(EventSource source) {
    Path file = files.get(source.name());
    if (file != null) {
      SourceNames.requireReadable(source, file);
      return new FileLocation(file.toString());
    }
    return endpoints.topics();
  }

  /** With files only, the run ends at the newest event: a first pass finds it. */
  private long endInstant(Map<String, SourceLocation> locations) throws IOException {
    long newest = Long.MIN_VALUE;
    for (EventSource source : project.sources()) {
      SourceLocation location = locations.get(source.name());
      if (location == null) {
        continue;
      }
      if (!(location instanceof FileLocation file)) {
        return WindowSettings.UNBOUNDED;
      }
      OptionalLong time = FileScan.of(source, file, options.clock()).newestEventTime();
      newest = Math.max(newest, time.orElse(Long.MIN_VALUE));
    }
    return newest;
  }

  private Sink<DeadLetter> deadLetters(EventSource source) {
    KafkaTopic topic = source.kafka();
    if (files.containsKey(source.name()) || topic == null) {
      return FileDeadLetters.sink(endpoints.deadLetterFolder());
    }
    KafkaSettings kafka = endpoints.kafka();
    Map<String, String> client = new HashMap<>(kafka.properties());
    client.put("bootstrap.servers", kafka.bootstrap());
    String name =
        settings.deadLetters() == null
            ? KafkaDeadLetters.topicFor(topic.topic())
            : settings.deadLetters();
    DeadLetterTopic.create(client, name);
    return KafkaDeadLetters.sink(client, name);
  }
}
