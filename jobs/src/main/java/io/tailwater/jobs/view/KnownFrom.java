// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.ViewInput;
import io.tailwater.stores.OnlineVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;

/**
 * From when on a view knows the events of its sources, which is a matter of the stream's first
 * start and so in the checkpoint; and as metrics, {@code
 * tailwater.view.<view>.feature.<feature>.complete_from}, what follows for its features.
 *
 * <p>State layout: operator union list state {@code known-from-v1}, (source, milliseconds since the
 * epoch) of each source that is not known from its beginning; the same in each subtask.
 */
final class KnownFrom {
  private static final ListStateDescriptor<Tuple2<String, Long>> STATE =
      new ListStateDescriptor<>("known-from-v1", Types.TUPLE(Types.STRING, Types.LONG));

  private final FeatureView view;
  private final ListState<Tuple2<String, Long>> state;
  private final Map<String, Long> bySource = new HashMap<>();
  private final long[] byFeature;
  private final long latest;

  KnownFrom(StateInitializationContext context, FeatureView view, WindowSettings settings)
      throws Exception {
    this.view = view;
    this.state = context.getOperatorStateStore().getUnionListState(STATE);
    if (context.isRestored()) {
      for (Tuple2<String, Long> restored : state.get()) {
        bySource.put(restored.f0, restored.f1);
      }
    } else {
      for (ViewInput input : view.inputs()) {
        String source = input.source().name();
        bySource.put(source, settings.knownFrom().getOrDefault(source, Completeness.ALWAYS));
      }
    }
    byFeature =
        Completeness.byFeature(view, bySource).values().stream()
            .mapToLong(Long::longValue)
            .toArray();
    latest = Arrays.stream(byFeature).max().orElse(Completeness.ALWAYS);
  }

  /** From when on all features are fully known. */
  long completeFrom() {
    return Completeness.ofView(view, bySource);
  }

  /** The {@link OnlineVector#completeFrom} of a vector as of an instant. */
  long[] completeFrom(long asOf) {
    return asOf < latest ? byFeature : OnlineVector.COMPLETE;
  }

  /** The features that are not fully known at some instant of {@code from} or later. */
  Map<String, Long> incompleteFrom(long from) {
    return Completeness.incomplete(view, bySource, from);
  }

  void register(MetricGroup group) {
    MetricGroup views = group.addGroup("tailwater").addGroup("view", view.name());
    Completeness.byFeature(view, bySource)
        .forEach(
            (feature, instant) ->
                views.addGroup("feature", feature).gauge("complete_from", () -> instant));
  }

  void snapshot() throws Exception {
    List<Tuple2<String, Long>> entries = new ArrayList<>();
    bySource.forEach((source, from) -> entries.add(Tuple2.of(source, from)));
    state.update(entries);
  }
}
