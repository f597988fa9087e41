// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.jobs.source.EventClock;
import io.tailwater.jobs.source.SourceEvent;
import io.tailwater.jobs.view.ViewStreams;
import io.tailwater.jobs.view.WindowSettings;
import io.tailwater.stores.DeadLetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The graph of a project: {@code (sources, definitions, sinks) → graph}. There is no other:
 * streams, backfills and tests differ in what they pass.
 *
 * <pre>
 * source ─ decode ─┬─ view: filter, project ─ key by entity ─ windows ─┬─ online store
 *                  │                  │                          │      └─ offline table
 *                  ├ undecodable ─────┴──── dead letters ────────┘
 *                  └ archive
 * </pre>
 */
public final class FeaturePipeline {
  private FeaturePipeline() {}

  /**
   * Builds the graph. Each source that a view uses, or that is archived, is read once, whatever the
   * number of its views.
   *
   * @param sources where each source's events come from
   * @param sinks where everything goes
   */
  public static void define(
      StreamExecutionEnvironment env,
      Project project,
      PipelineSources sources,
      PipelineSinks sinks,
      WindowSettings settings) {
    requireNonNull(env, "env is null");
    requireNonNull(sources, "sources is null");
    requireNonNull(sinks, "sinks is null");
    AlignmentGroups groups = AlignmentGroups.of(project.views());
    Map<String, DataStream<SourceEvent>> events = new HashMap<>();
    Map<String, DataStream<DeadLetter>> deadLetters = new HashMap<>();
    List<EventSource> read = read(project, sinks);
    for (EventSource source : read) {
      DataStream<SourceEvent> stream = sources.attach(env, source, groups.of(source));
      events.put(source.name(), stream);
      if (source.archive() && sinks.archives(source)) {
        sinks.archive(source, stream);
      }
      deadLetters.put(source.name(), undecodable(source, stream, settings.clock()));
    }
    for (FeatureView view : project.views()) {
      List<String> inputs = view.inputs().stream().map(input -> input.source().name()).toList();
      ViewStreams streams =
          ViewStreams.attach(
              inputs.stream().map(input -> requireNonNull(events.get(input))).toList(),
              view,
              settings);
      sinks.online(view, streams.online());
      sinks.offline(view, streams.offline());
      for (int i = 0; i < inputs.size(); i++) {
        deadLetters.merge(inputs.get(i), streams.deadLetters().get(i), DataStream::union);
      }
    }
    for (EventSource source : read) {
      sinks.deadLetters(source, requireNonNull(deadLetters.get(source.name())));
    }
  }

  /** What views are computed from, and what is archived for views to come. */
  private static List<EventSource> read(Project project, PipelineSinks sinks) {
    List<EventSource> ofViews = project.readSources();
    return project.sources().stream()
        .filter(s -> ofViews.contains(s) || (s.archive() && sinks.archives(s)))
        .toList();
  }

  private static DataStream<DeadLetter> undecodable(
      EventSource source, DataStream<SourceEvent> events, EventClock clock) {
    return events
        .process(new Undecodable(source.name(), clock), TypeInformation.of(DeadLetter.class))
        .name("undecodable " + source.name())
        .uid("undecodable-" + source.name())
        .setParallelism(events.getParallelism());
  }
}
