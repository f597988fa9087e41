// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.jobs.accounting.AccountingNames;
import io.tailwater.jobs.accounting.CheckpointedCounts;
import io.tailwater.jobs.accounting.Verdict;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.metrics.MetricGroup;

/** The verdicts that one operator of a view gives, counted. */
final class VerdictCounts {
  private final List<Verdict> verdicts;
  private final CheckpointedCounts counts;

  VerdictCounts(FeatureView view, List<Verdict> verdicts, OperatorStateStore store)
      throws Exception {
    this.verdicts = verdicts;
    this.counts =
        new CheckpointedCounts(
            verdicts.stream()
                .map(verdict -> AccountingNames.verdict(view.name(), verdict))
                .toList(),
            store);
  }

  void register(RuntimeContext context, MetricGroup group) {
    counts.register(context, group);
  }

  void count(Verdict verdict) {
    counts.increment(verdicts.indexOf(verdict));
  }

  void snapshot() throws Exception {
    counts.snapshot();
  }
}
