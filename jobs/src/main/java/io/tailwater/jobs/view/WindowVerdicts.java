// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.window.Outcome;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.stores.DeadLetter;
import io.tailwater.stores.OnlineVector;
import java.time.Instant;
import java.util.List;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/** Gives events the verdicts that need state: counts them, and writes dead letters. */
final class WindowVerdicts {
  private final FeatureView view;
  private final WindowSettings settings;
  private final List<OutputTag<DeadLetter>> deadLetters;
  private final VerdictCounts counts;
  private final Output<StreamRecord<OnlineVector>> output;

  /**
   * @param deadLetters the outputs of the view's inputs
   */
  WindowVerdicts(
      FeatureView view,
      WindowSettings settings,
      List<OutputTag<DeadLetter>> deadLetters,
      VerdictCounts counts,
      Output<StreamRecord<OnlineVector>> output) {
    this.view = view;
    this.settings = settings;
    this.deadLetters = deadLetters;
    this.counts = counts;
    this.output = output;
  }

  /**
   * @param passed how far time had passed when the event came
   */
  void give(Outcome outcome, ViewEvent event, long passed) {
    switch (outcome) {
      case APPLIED -> counts.count(event.input(), Verdict.APPLIED);
      case DUPLICATE -> counts.count(event.input(), Verdict.DUPLICATE);
      case TOO_LATE ->
          reject(
              event,
              DeadLetter.Code.TOO_LATE,
              "event time %s is further behind the watermark, %s, than allowed_lateness"
                  .formatted(Instant.ofEpochMilli(event.time()), Instant.ofEpochMilli(passed)),
              Verdict.TOO_LATE);
      case CONFLICT_KEPT ->
          reject(
              event,
              DeadLetter.Code.CONFLICTING_DUPLICATE,
              "an event of the same id and time with other values came before and counts:"
                  + " of several contents the least one does",
              Verdict.DUPLICATE);
      case CONFLICT_REPLACED ->
          reject(
              event,
              DeadLetter.Code.CONFLICTING_DUPLICATE,
              "an event of the same id and time with other values came before; this one counts"
                  + " from now on, since of several contents the least one does",
              Verdict.DUPLICATE);
    }
  }

  private void reject(ViewEvent event, DeadLetter.Code code, String message, Verdict verdict) {
    counts.count(event.input(), verdict);
    output.collect(
        deadLetters.get(event.input()),
        new StreamRecord<>(
            new DeadLetter(
                view.inputs().get(event.input()).source().name(),
                view.name(),
                code.name(),
                message,
                event.position(),
                event.time(),
                settings.clock().millis(),
                event.rawKey(),
                event.rawValue())));
  }
}
