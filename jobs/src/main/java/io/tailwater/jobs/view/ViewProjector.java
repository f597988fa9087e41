// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.ViewInput;
import io.tailwater.definitions.program.InputProgram;
import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.jobs.source.EventClock;
import io.tailwater.jobs.source.SourceEvent;
import io.tailwater.stores.DeadLetter;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Of a source's events those that concern a view, as its windows need them. One for each input of
 * the view. Gives the verdicts that need no state: malformed, filtered, future.
 */
final class ViewProjector extends ProcessFunction<SourceEvent, ViewEvent>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;
  private static final List<Verdict> VERDICTS =
      List.of(Verdict.MALFORMED, Verdict.FILTERED, Verdict.FUTURE);

  /** The one input whose events come here. */
  private static final int INPUT = 0;

  private final FeatureView view;
  private final int index;
  private final ViewInput input;
  private final OutputTag<DeadLetter> deadLetters;
  private final EventClock clock;

  /**
   * The latest event time that is not in the future, by the last look at the clock: only an event
   * that is later needs another one.
   */
  private transient long latest;

  private transient @Nullable InputProgram program;
  private transient @Nullable VerdictCounts accounting;
  private transient @Nullable NewestEvent newest;

  /**
   * @param index of the input
   */
  ViewProjector(FeatureView view, int index, EventClock clock) {
    this.view = view;
    this.index = index;
    this.input = view.inputs().get(index);
    this.deadLetters = ViewOutputs.deadLetters(input);
    this.clock = clock;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    accounting = new VerdictCounts(view, List.of(input), VERDICTS, context.getOperatorStateStore());
    newest = new NewestEvent(context.getOperatorStateStore());
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    requireNonNull(accounting).snapshot();
    requireNonNull(newest).snapshot();
  }

  @Override
  public void open(OpenContext context) {
    requireNonNull(accounting).register(getRuntimeContext(), getRuntimeContext().getMetricGroup());
    latest = Long.MIN_VALUE;
    program =
        InputProgram.compile(
            view, index, new NullMetrics(view, getRuntimeContext().getMetricGroup()));
  }

  @Override
  public void processElement(SourceEvent event, Context context, Collector<ViewEvent> out) {
    InputProgram compiled = requireNonNull(program);
    if (event.row() == null) {
      // The source has dead-lettered it once for all views.
      requireNonNull(accounting).count(INPUT, Verdict.MALFORMED);
      return;
    }
    if (event.eventTime() > latest) {
      latest = clock.millis() + input.source().watermark().maxAheadMillis();
    }
    boolean future = event.eventTime() > latest;
    if (!future) {
      requireNonNull(newest).saw(event.eventTime());
    }
    @Nullable Object[] row = compiled.extend(event.row(), event.eventTime());
    if (!compiled.accepts(row)) {
      requireNonNull(accounting).count(INPUT, Verdict.FILTERED);
      return;
    }
    @Nullable Object[] key = compiled.key(row);
    int missing = firstNull(key);
    if (missing >= 0 && !compiled.isSeen(row)) {
      requireNonNull(accounting).count(INPUT, Verdict.FILTERED);
      return;
    }
    if (missing >= 0) {
      reject(event, DeadLetter.Code.MISSING_KEY, missingKey(missing), Verdict.MALFORMED, context);
      return;
    }
    if (future) {
      reject(event, DeadLetter.Code.FUTURE, future(event), Verdict.FUTURE, context);
      return;
    }
    out.collect(
        new ViewEvent(
            index,
            new EntityKey(complete(key)),
            event.eventTime(),
            requireNonNull(event.eventId()),
            compiled.columns(row),
            event.position(),
            event.rawKey(),
            event.rawValue(),
            event.history()));
  }

  private static int firstNull(@Nullable Object[] values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        return i;
      }
    }
    return -1;
  }

  /** What {@link #firstNull} has checked. */
  @SuppressWarnings("NullAway")
  private static Object[] complete(@Nullable Object[] values) {
    return values;
  }

  private void reject(
      SourceEvent event, DeadLetter.Code code, String message, Verdict verdict, Context context) {
    requireNonNull(accounting).count(INPUT, verdict);
    context.output(
        deadLetters,
        new DeadLetter(
            input.source().name(),
            view.name(),
            code.name(),
            message,
            event.position(),
            event.eventTime(),
            clock.millis(),
            event.rawKey(),
            event.rawValue()));
  }

  private String missingKey(int index) {
    return "field '%s', join key '%s' of entity '%s': found no value, expected %s"
        .formatted(
            input.keyFields().get(index),
            view.entity().joinKeys().get(index).name(),
            view.entity().name(),
            view.entity().joinKeys().get(index).type());
  }

  private String future(SourceEvent event) {
    return "event time %s is beyond the clock plus max_ahead, %s"
        .formatted(Instant.ofEpochMilli(event.eventTime()), Instant.ofEpochMilli(latest));
  }
}
