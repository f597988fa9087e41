// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.ViewInput;
import io.tailwater.jobs.accounting.AccountingNames;
import io.tailwater.jobs.accounting.CheckpointedCounts;
import io.tailwater.jobs.accounting.Verdict;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.metrics.MetricGroup;

/** The verdicts that one operator of a view gives, counted by source. */
final class VerdictCounts {
  private final List<Verdict> verdicts;
  private final CheckpointedCounts counts;

  /**
   * @param inputs the inputs of the view whose events the operator sees, in the view's order
   */
  VerdictCounts(
      FeatureView view, List<ViewInput> inputs, List<Verdict> verdicts, OperatorStateStore store)
      throws Exception {
    this.verdicts = verdicts;
    this.counts =
        new CheckpointedCounts(
            inputs.stream()
                .flatMap(
                    input ->
                        verdicts.stream()
                            .map(
                                verdict ->
                                    AccountingNames.verdict(
                                        input.source().name(), view.name(), verdict)))
                .toList(),
            store);
  }

  void register(RuntimeContext context, MetricGroup group) {
    counts.register(context, group);
  }

  /**
   * One more.
   *
   * @param input the index among the inputs that the operator sees
   */
  void count(int input, Verdict verdict) {
    counts.increment(input * verdicts.size() + verdicts.indexOf(verdict));
  }

  void snapshot() throws Exception {
    counts.snapshot();
  }
}
