// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static java.util.Objects.requireNonNull;

import io.tailwater.jobs.accounting.AccountingNames;
import io.tailwater.jobs.accounting.CheckpointedCounts;
import io.tailwater.jobs.source.EventClock;
import io.tailwater.jobs.source.SourceEvent;
import io.tailwater.stores.DeadLetter;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a source has read, and makes dead letters of what did not decode: one a record,
 * whatever the number of views.
 */
final class Undecodable extends ProcessFunction<SourceEvent, DeadLetter>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private final String source;
  private final EventClock clock;

  private transient @Nullable CheckpointedCounts counts;

  Undecodable(String source, EventClock clock) {
    this.source = source;
    this.clock = clock;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    counts =
        new CheckpointedCounts(
            List.of(AccountingNames.read(source)), context.getOperatorStateStore());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    requireNonNull(counts).snapshot();
  }

  @Override
  public void open(OpenContext context) {
    requireNonNull(counts).register(getRuntimeContext(), getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(SourceEvent event, Context context, Collector<DeadLetter> out) {
    requireNonNull(counts).increment(0);
    String code = event.errorCode();
    String message = event.errorMessage();
    if (code != null && message != null) {
      out.collect(
          new DeadLetter(
              source,
              null,
              code,
              message,
              event.position(),
              null,
              clock.millis(),
              event.rawKey(),
              event.rawValue()));
    }
  }
}
