// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.jobs.source.SourceEvent;
import io.tailwater.sinks.types.OnlineVectorTypeInfo;
import io.tailwater.stores.DeadLetter;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * What a view makes of its source's events.
 *
 * @param online vectors for the online store, in the order of their fence for each key
 * @param offline rows of the offline table
 * @param deadLetters events that the view did not apply, with the reason
 */
public record ViewStreams(
    DataStream<OnlineVector> online,
    DataStream<OfflineRow> offline,
    DataStream<DeadLetter> deadLetters) {

  /**
   * Attaches a view to the events of its source. The operators' uids are {@code project-<view>} and
   * {@code windows-<view>}.
   */
  public static ViewStreams attach(
      DataStream<SourceEvent> events, FeatureView view, WindowSettings settings) {
    SingleOutputStreamOperator<ViewEvent> projected =
        events
            .process(new ViewProjector(view, settings.clock()), new ViewEventTypeInfo(view))
            .name("project " + view.name())
            .uid("project-" + view.name())
            // In the source's own tasks, so that a file keeps its order.
            .setParallelism(events.getParallelism());
    SingleOutputStreamOperator<OnlineVector> online =
        projected
            .keyBy(ViewEvent::key, new EntityKeyTypeInfo(view))
            .transform(
                "windows " + view.name(),
                OnlineVectorTypeInfo.of(view),
                new EntityWindowOperator(view, settings))
            .uid("windows-" + view.name());
    return new ViewStreams(
        online,
        online.getSideOutput(ViewOutputs.offline(view)),
        projected
            .getSideOutput(ViewOutputs.DEAD_LETTERS)
            .union(online.getSideOutput(ViewOutputs.DEAD_LETTERS)));
  }
}
