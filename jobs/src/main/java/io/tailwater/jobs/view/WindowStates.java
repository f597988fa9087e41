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
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
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
  static WindowStates of(
      RuntimeContext context,
      SerializerConfig config,
      FeatureView view,
      AggregationPlan plan,
      EntityStateCodec codec,
      boolean loading) {
    TypeSerializer<Long> ids = Types.LONG.createSerializer(config);
    MapState<Long, byte[]> logChunks =
        context.getMapState(new MapStateDescriptor<>("chunks-v1", ids, new ChunkSerializer(plan)));
    MapState<Long, byte[]> eventIds =
        context.getMapState(new MapStateDescriptor<>("ids-v1", ids, new ChunkIdsSerializer(plan)));
    MapState<Long, Page> pages =
        context.getMapState(new MapStateDescriptor<>("pages-v1", ids, new PageSerializer(plan)));
    return new WindowStates(
        context.getState(new ValueStateDescriptor<>("entity-v1", new EntityStateSerializer(plan))),
        new FlinkChunkStore(codec, logChunks, eventIds, pages),
        loading
            ? context.getListState(
                new ListStateDescriptor<>(
                    "held-v1", new ViewEventTypeInfo(view).createSerializer(config)))
            : null);
  }
}
