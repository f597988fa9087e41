// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.accounting;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts of one subtask of an operator: in the checkpoint, so that they are exact across failures;
 * as Flink accumulators, so that a client reads them; and as metrics of the same names (events
 * since the stream's first start, without restored state).
 *
 * <p>State layout: operator list state {@code accounting-v1}, (name, number) of each subtask. The
 * sum over subtasks is what counts, so rescaling may hand them to anyone; of names that are not
 * asked for any more nothing is kept. Not thread-safe but for what Flink reads.
 */
public final class CheckpointedCounts {
  private static final ListStateDescriptor<Tuple2<String, Long>> STATE =
      new ListStateDescriptor<>("accounting-v1", Types.TUPLE(Types.STRING, Types.LONG));

  private final List<String> names;
  private final List<LongCounter> counters = new ArrayList<>();
  private final ListState<Tuple2<String, Long>> state;

  /**
   * Restores the counts.
   *
   * @param names of the counts, unique in the job
   * @throws Exception if the state backend fails
   */
  public CheckpointedCounts(List<String> names, OperatorStateStore store) throws Exception {
    this.names = List.copyOf(names);
    this.state = requireNonNull(store, "store is null").getListState(STATE);
    names.forEach(name -> counters.add(new LongCounter()));
    for (Tuple2<String, Long> restored : state.get()) {
      int index = names.indexOf(restored.f0);
      if (index >= 0) {
        counters.get(index).add(restored.f1);
      }
    }
  }

  /** Makes the counts known; to be called once when the operator opens. */
  public void register(RuntimeContext context, MetricGroup group) {
    for (int i = 0; i < counters.size(); i++) {
      LongCounter counter = counters.get(i);
      context.addAccumulator(names.get(i), counter);
      gauge(group, names.get(i), counter::getLocalValuePrimitive);
    }
  }

  /**
   * {@code tailwater.view.V.source.S.applied} is {@code applied} in the groups view=V and source=S:
   * a reporter whose metrics have labels, as Prometheus's, can sum over them.
   */
  private static void gauge(MetricGroup group, String name, Gauge<Long> gauge) {
    String[] parts = name.split("\\.", -1);
    MetricGroup scope = group.addGroup(parts[0]);
    for (int i = 1; i < parts.length - 1; i += 2) {
      scope = scope.addGroup(parts[i], parts[i + 1]);
    }
    scope.gauge(parts[parts.length - 1], gauge);
  }

  /** One more of the count at {@code index} of the names. */
  public void increment(int index) {
    counters.get(index).add(1L);
  }

  /**
   * Puts the counts into the checkpoint.
   *
   * @throws Exception if the state backend fails
   */
  public void snapshot() throws Exception {
    List<Tuple2<String, Long>> counts = new ArrayList<>();
    for (int i = 0; i < counters.size(); i++) {
      counts.add(Tuple2.of(names.get(i), counters.get(i).getLocalValuePrimitive()));
    }
    state.update(counts);
  }
}
