// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import io.tailwater.aggregation.Window;
import io.tailwater.definitions.WindowReach;
import io.tailwater.definitions.evolution.Readiness.Cause;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.program.LoggedColumn;
import io.tailwater.definitions.program.LoggedInput;
import io.tailwater.definitions.program.ViewProgram;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the state of a view holds: values of its aggregates, and of each event of its longest window
 * the columns of its log. What new aggregates can be made of it follows from that.
 */
final class LoggedState {
  private final Set<AggregateContents> aggregates = new HashSet<>();
  private final Set<LoggedColumn> columns;
  private final Map<String, LoggedInput> inputs = new HashMap<>();
  private final long keptMillis;

  LoggedState(FeatureView view) {
    long longest = 0;
    for (Feature feature : view.features()) {
      if (feature instanceof AggregateFeature aggregate) {
        aggregates.add(AggregateContents.of(view, aggregate));
        longest = Math.max(longest, WindowReach.of(aggregate.window()).orElse(0));
      }
    }
    this.keptMillis = longest;
    this.columns = new HashSet<>(ViewProgram.loggedColumns(view));
    List<LoggedInput> ofView = ViewProgram.loggedInputs(view);
    ofView.forEach(input -> inputs.put(input.source(), input));
    if (ofView.size() == 1) {
      // Nothing has to be noted of an event to count it: it is in the log.
      columns.add(LoggedColumn.everyEventOf(ofView.get(0)));
    }
  }

  /** From when on an aggregate is exact that is computed of this state and of what comes. */
  Readiness readinessOf(AggregateContents aggregate) {
    if (aggregates.contains(aggregate)) {
      return Readiness.SAME;
    }
    Cause missing = missing(aggregate);
    OptionalLong reach = WindowReach.of(aggregate.window());
    if (reach.isEmpty()) {
      return new Readiness(
          Readiness.NEVER, missing == Cause.LOGGED ? Cause.LONGER_THAN_LOGGED : missing);
    }
    if (missing != Cause.LOGGED) {
      return new Readiness(reach.getAsLong(), missing);
    }
    return reach.getAsLong() <= keptMillis
        ? new Readiness(0, Cause.LOGGED)
        : new Readiness(reach.getAsLong() - keptMillis, Cause.LONGER_THAN_LOGGED);
  }

  /** Why not all is known of the events in the log; {@link Cause#LOGGED} if it is. */
  private Cause missing(AggregateContents aggregate) {
    Cause missing = Cause.LOGGED;
    for (LoggedColumn column : aggregate.columns()) {
      LoggedInput input = inputs.get(column.input().source());
      if (input == null) {
        return Cause.NEW_SOURCE;
      }
      if (!input.equals(column.input())) {
        return Cause.OTHER_EVENTS;
      }
      if (!columns.contains(column)) {
        missing = Cause.NEW_COLUMN;
      }
    }
    return missing;
  }

  /** From when on an aggregate is exact of which there is no state at all. */
  static Readiness withoutState(Window window, Cause cause) {
    return new Readiness(WindowReach.of(window).orElse(Readiness.NEVER), cause);
  }
}
