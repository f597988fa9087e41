// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.WatermarkPolicy;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.jspecify.annotations.Nullable;

/** Makes {@link ProgressOperator}s where they run. */
final class ProgressOperatorFactory extends AbstractStreamOperatorFactory<SourceEvent>
    implements OneInputStreamOperatorFactory<SourceElement, SourceEvent> {
  private static final long serialVersionUID = 1L;

  private final WatermarkPolicy policy;
  private final EventClock clock;
  private final long intervalMillis;
  private final KafkaLocation.@Nullable Seam seam;

  /**
   * @param seam see {@link PartitionProgress}
   */
  ProgressOperatorFactory(
      WatermarkPolicy policy,
      EventClock clock,
      long intervalMillis,
      KafkaLocation.@Nullable Seam seam) {
    this.policy = policy;
    this.clock = clock;
    this.intervalMillis = intervalMillis;
    this.seam = seam;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // As the interface declares it.
  public <T extends StreamOperator<SourceEvent>> T createStreamOperator(
      StreamOperatorParameters<SourceEvent> parameters) {
    return (T) new ProgressOperator(parameters, policy, clock, intervalMillis, seam);
  }

  @Override
  @SuppressWarnings("rawtypes") // As the interface declares it.
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return ProgressOperator.class;
  }
}
