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
import java.util.List;
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
 *                  └ undecodable ─────┴──── dead letters ────────┘
 * </pre>
 */
public final class FeaturePipeline {
  private FeaturePipeline() {}

  /**
   * Builds the graph. Each source that a view uses is read once, whatever the number of its views.
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
    for (EventSource source : project.sources()) {
      List<FeatureView> views =
          project.views().stream().filter(view -> view.source().equals(source)).toList();
      if (!views.isEmpty()) {
        define(sources.attach(env, source, groups.of(source)), source, views, sinks, settings);
      }
    }
  }

  private static void define(
      DataStream<SourceEvent> events,
      EventSource source,
      List<FeatureView> views,
      PipelineSinks sinks,
      WindowSettings settings) {
    DataStream<DeadLetter> deadLetters = undecodable(source, events, settings.clock());
    for (FeatureView view : views) {
      ViewStreams streams = ViewStreams.attach(events, view, settings);
      sinks.online(view, streams.online());
      sinks.offline(view, streams.offline());
      deadLetters = deadLetters.union(streams.deadLetters());
    }
    sinks.deadLetters(source, deadLetters);
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
