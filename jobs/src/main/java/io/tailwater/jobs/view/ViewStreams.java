// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.jobs.source.SourceEvent;
import io.tailwater.sinks.types.OnlineVectorTypeInfo;
import io.tailwater.stores.DeadLetter;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * What a view makes of its sources' events.
 *
 * @param online vectors for the online store, in the order of their fence for each key
 * @param offline rows of the offline table
 * @param deadLetters for each input of the view, events that it did not apply, with the reason
 */
public record ViewStreams(
    DataStream<OnlineVector> online,
    DataStream<OfflineRow> offline,
    List<DataStream<DeadLetter>> deadLetters) {
  /** What the uids of views' windows begin with; the view's name follows. */
  static final String WINDOWS = "windows-";

  public ViewStreams {
    deadLetters = List.copyOf(deadLetters);
  }

  /**
   * Attaches a view to the events of its sources. The operators' uids are {@code
   * project-<view>-<source>} for each source, and {@code windows-<view>}.
   *
   * @param events for each input of the view, in its order
   */
  public static ViewStreams attach(
      List<DataStream<SourceEvent>> events, FeatureView view, WindowSettings settings) {
    List<SingleOutputStreamOperator<ViewEvent>> projected = new ArrayList<>();
    for (int input = 0; input < view.inputs().size(); input++) {
      projected.add(project(events.get(input), view, input, settings));
    }
    DataStream<ViewEvent> all = projected.get(0);
    for (SingleOutputStreamOperator<ViewEvent> other : projected.subList(1, projected.size())) {
      all = all.union(other);
    }
    SingleOutputStreamOperator<OnlineVector> online =
        all.keyBy(ViewEvent::key, new EntityKeyTypeInfo(view))
            .transform(
                "windows " + view.name(),
                OnlineVectorTypeInfo.of(view),
                new EntityWindowOperator(view, settings))
            .uid(WINDOWS + view.name());
    List<DataStream<DeadLetter>> deadLetters = new ArrayList<>();
    for (int input = 0; input < projected.size(); input++) {
      OutputTag<DeadLetter> tag = ViewOutputs.deadLetters(view.inputs().get(input));
      deadLetters.add(projected.get(input).getSideOutput(tag).union(online.getSideOutput(tag)));
    }
    return new ViewStreams(online, online.getSideOutput(ViewOutputs.offline(view)), deadLetters);
  }

  /** The uid of what a view takes of a source. */
  public static String projectionUid(String view, String source) {
    return "project-" + view + "-" + source;
  }

  private static SingleOutputStreamOperator<ViewEvent> project(
      DataStream<SourceEvent> events, FeatureView view, int input, WindowSettings settings) {
    String source = view.inputs().get(input).source().name();
    return events
        .process(new ViewProjector(view, input, settings.clock()), new ViewEventTypeInfo(view))
        .name("project %s of %s".formatted(source, view.name()))
        .uid(projectionUid(view.name(), source))
        // In the source's own tasks, so that a file keeps its order.
        .setParallelism(events.getParallelism());
  }
}
