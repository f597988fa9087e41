// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.counts.Page;
import io.tailwater.aggregation.window.EntityState;
import io.tailwater.aggregation.window.EntityStateCodec;
import io.tailwater.definitions.model.FeatureView;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The keyed states of a view's windows; see {@link EntityWindowOperator}.
 *
 * @param entities of each entity all but what is in {@code chunks}
 * @param chunks the closed chunks of its log, their ids and its pages
 * @param held events that wait until history has been read; null where none is being read
 */
record WindowStates(
    ValueState<EntityState> entities, FlinkChunkStore chunks, @Nullable ListState<ViewEvent> held) {
  /** The state of an entity by a plan. */
  static ValueStateDescriptor<EntityState> entities(AggregationPlan plan, int epoch) {
    return new ValueStateDescriptor<>(named("entity-v1", epoch), new EntityStateSerializer(plan));
  }

  /** The closed chunks of an entity's log by a plan. */
  static MapStateDescriptor<Long, byte[]> chunks(AggregationPlan plan, int epoch) {
    return new MapStateDescriptor<>(
        named("chunks-v1", epoch), LongSerializer.INSTANCE, new ChunkSerializer(plan));
  }

  /** States of different plans have different names, since they live side by side for a while. */
  private static String named(String name, int epoch) {
    return epoch == 0 ? name : name + "-" + epoch;
  }

  /**
   * @param epoch that of the plan: see {@link ViewVersion}
   * @param loading whether history is being read
   */
  static WindowStates of(
      RuntimeContext context,
      SerializerConfig config,
      FeatureView view,
      AggregationPlan plan,
      EntityStateCodec codec,
      int epoch,
      boolean loading) {
    TypeSerializer<Long> ids = LongSerializer.INSTANCE;
    MapState<Long, byte[]> logChunks = context.getMapState(chunks(plan, epoch));
    MapState<Long, byte[]> eventIds =
        context.getMapState(new MapStateDescriptor<>("ids-v1", ids, new ChunkIdsSerializer()));
    MapState<Long, Page> pages =
        context.getMapState(new MapStateDescriptor<>("pages-v1", ids, new PageSerializer()));
    return new WindowStates(
        context.getState(entities(plan, epoch)),
        new FlinkChunkStore(codec, logChunks, eventIds, pages),
        loading
            ? context.getListState(
                new ListStateDescriptor<>(
                    "held-v1", new ViewEventTypeInfo(view).createSerializer(config)))
            : null);
  }
}
