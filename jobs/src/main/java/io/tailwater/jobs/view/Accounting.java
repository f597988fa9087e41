// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.MetricGroup;

/**
 * The counts of one (source, view) in one subtask: in the checkpoint, so that they are exact across
 * failures; as Flink accumulators, so that a client reads them; and as metrics {@code
 * tailwater.view.<view>.events.<verdict>} (events since the stream's first start).
 *
 * <p>State layout: operator list state {@code accounting-v1}, one array a subtask, with a number
 * for each verdict that the operator gives, in that order. The sum over subtasks is what counts, so
 * rescaling may hand the arrays to anyone.
 */
final class Accounting {
  private static final ListStateDescriptor<long[]> COUNTS =
      new ListStateDescriptor<>(
          "accounting-v1", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  private final List<Verdict> verdicts;
  private final Map<Verdict, LongCounter> counters = new EnumMap<>(Verdict.class);
  private final ListState<long[]> state;

  /** The counts that {@code verdicts} names, as the checkpoint has them. */
  Accounting(List<Verdict> verdicts, OperatorStateStore store) throws Exception {
    this.verdicts = verdicts;
    this.state = store.getListState(COUNTS);
    verdicts.forEach(verdict -> counters.put(verdict, new LongCounter()));
    for (long[] restored : state.get()) {
      for (int i = 0; i < restored.length; i++) {
        counter(verdicts.get(i)).add(restored[i]);
      }
    }
  }

  void register(String view, RuntimeContext context) {
    MetricGroup group = context.getMetricGroup().addGroup("tailwater").addGroup("view", view);
    counters.forEach(
        (verdict, counter) -> {
          context.addAccumulator(AccountingNames.accumulator(view, verdict), counter);
          group.addGroup("events").gauge(verdict.label(), counter::getLocalValuePrimitive);
        });
  }

  void count(Verdict verdict) {
    counter(verdict).add(1L);
  }

  void snapshot() throws Exception {
    long[] counts = new long[verdicts.size()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = counter(verdicts.get(i)).getLocalValuePrimitive();
    }
    state.update(List.of(counts));
  }

  private LongCounter counter(Verdict verdict) {
    LongCounter counter = counters.get(verdict);
    if (counter == null) {
      throw new IllegalArgumentException("this operator gives no verdict %s".formatted(verdict));
    }
    return counter;
  }
}
