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
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts of one subtask of an operator: in the checkpoint, so that they are exact across failures;
 * as Flink accumulators, so that a client reads them; and as metrics of the same names (events
 * since the stream's first start, without restored state).
 *
 * <p>State layout: operator list state {@code accounting-v1}, one array a subtask with a number for
 * each name. The sum over subtasks is what counts, so rescaling may hand the arrays to anyone. Not
 * thread-safe but for what Flink reads.
 */
public final class CheckpointedCounts {
  private static final ListStateDescriptor<long[]> STATE =
      new ListStateDescriptor<>(
          "accounting-v1", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  private final List<String> names;
  private final List<LongCounter> counters = new ArrayList<>();
  private final ListState<long[]> state;

  /**
   * Restores the counts.
   *
   * @param names of the counts, unique in the job and always in this order
   * @throws Exception if the state backend fails
   */
  public CheckpointedCounts(List<String> names, OperatorStateStore store) throws Exception {
    this.names = List.copyOf(names);
    this.state = requireNonNull(store, "store is null").getListState(STATE);
    names.forEach(name -> counters.add(new LongCounter()));
    for (long[] restored : state.get()) {
      for (int i = 0; i < restored.length; i++) {
        counters.get(i).add(restored[i]);
      }
    }
  }

  /** Makes the counts known; to be called once when the operator opens. */
  public void register(RuntimeContext context, MetricGroup group) {
    for (int i = 0; i < counters.size(); i++) {
      LongCounter counter = counters.get(i);
      context.addAccumulator(names.get(i), counter);
      group.gauge(names.get(i), counter::getLocalValuePrimitive);
    }
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
    state.update(
        List.of(counters.stream().mapToLong(LongCounter::getLocalValuePrimitive).toArray()));
  }
}
