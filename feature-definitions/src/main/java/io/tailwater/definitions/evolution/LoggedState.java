// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.window.PlanChange;
import io.tailwater.definitions.WindowReach;
import io.tailwater.definitions.evolution.Readiness.Cause;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.ViewInput;
import io.tailwater.definitions.program.LoggedAggregate;
import io.tailwater.definitions.program.LoggedColumn;
import io.tailwater.definitions.program.LoggedInput;
import io.tailwater.definitions.program.LoggedView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the state of a view holds: values of its aggregates, and of each event of its longest window
 * and of the allowed lateness the columns of its log. What new aggregates can be made of it follows
 * from that. What is said holds whenever the stream was stopped; in the middle of a calendar period
 * the state may have more.
 */
final class LoggedState {
  private final LoggedView view;
  private final Set<LoggedAggregate> aggregates;
  private final Set<Window> windows = new HashSet<>();
  private final Map<String, LoggedInput> inputs = new HashMap<>();
  private final long keptMillis;

  LoggedState(FeatureView definition) {
    this.view = LoggedView.of(definition);
    this.aggregates = new HashSet<>(view.aggregates());
    long longest = 0;
    for (LoggedAggregate aggregate : aggregates) {
      windows.add(aggregate.window());
      if (aggregate.window() instanceof Window.Sliding sliding) {
        longest = Math.max(longest, sliding.lengthMillis() + sliding.offsetMillis());
      }
    }
    this.keptMillis = longest + lateness(definition);
    view.inputs().forEach(input -> inputs.put(input.source(), input));
  }

  private static long lateness(FeatureView definition) {
    return definition.inputs().stream()
        .map(ViewInput::source)
        .mapToLong(source -> source.watermark().allowedLatenessMillis())
        .max()
        .orElse(0);
  }

  LoggedView view() {
    return view;
  }

  /** From when on an aggregate is exact that is computed of this state and of what comes. */
  Readiness readinessOf(LoggedAggregate aggregate) {
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
    return windows.contains(aggregate.window()) || reach.getAsLong() <= keptMillis
        ? new Readiness(0, Cause.LOGGED)
        : new Readiness(reach.getAsLong() - keptMillis, Cause.LONGER_THAN_LOGGED);
  }

  /** Why not all is known of the events in the log; {@link Cause#LOGGED} if it is. */
  private Cause missing(LoggedAggregate aggregate) {
    LoggedColumn by = aggregate.by();
    List<LoggedColumn> columns =
        Stream.of(aggregate.column(), by == null ? aggregate.column() : by).distinct().toList();
    Cause missing = Cause.LOGGED;
    for (LoggedColumn column : columns) {
      LoggedInput input = inputs.get(column.input().source());
      if (input == null) {
        return Cause.NEW_SOURCE;
      }
      if (!input.equals(column.input())) {
        return Cause.OTHER_EVENTS;
      }
      if (view.originOf(column) == PlanChange.UNKNOWN) {
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
