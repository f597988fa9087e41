// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical;

import java.util.List;
import org.apache.flink.api.common.JobExecutionResult;

/** A retrieval whose graph is built. Immutable. */
public final class DefinedRetrieval {
  private final TrainingSetPlan plan;
  private final SummaryFrame frame;

  DefinedRetrieval(TrainingSetPlan plan, SummaryFrame frame) {
    this.plan = plan;
    this.frame = frame;
  }

  /**
   * What the training set holds.
   *
   * @param result of the job
   */
  public RetrievalSummary summary(JobExecutionResult result) {
    List<String> counts = result.getAccumulatorResult(RetrievalSummary.ACCUMULATOR);
    return WrittenCounts.summary(plan, frame, counts.get(0));
  }
}
