// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.WindowedAggregate;
import io.tailwater.aggregation.window.Evolution;
import io.tailwater.aggregation.window.PlanChange;
import io.tailwater.definitions.evolution.Readiness.Cause;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.program.LoggedAggregate;
import io.tailwater.definitions.program.LoggedFeature;
import io.tailwater.definitions.program.LoggedInput;
import io.tailwater.definitions.program.LoggedView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Aggregates: their values go on in the state, or are made of its log. */
final class EventLeaves implements Leaves {
  private final LoggedView view;
  private final @Nullable LoggedState state;

  /**
   * @param before null if there was none
   */
  EventLeaves(@Nullable FeatureView before, FeatureView after) {
    this.view = LoggedView.of(after);
    this.state = before == null ? null : new LoggedState(before);
  }

  @Override
  public Readiness readiness(Feature feature) {
    AggregateFeature aggregate = (AggregateFeature) feature;
    return state == null
        ? LoggedState.withoutState(aggregate.window(), Cause.NEW_VIEW)
        : state.readinessOf(aggregate(view, aggregate));
  }

  @Override
  public List<Difference> differences(Feature former, Feature feature) {
    LoggedState state = requireNonNull(this.state, "state is null");
    AggregateFeature was = (AggregateFeature) former;
    AggregateFeature is = (AggregateFeature) feature;
    LoggedAggregate contentsBefore = aggregate(state.view(), was);
    LoggedAggregate contents = aggregate(view, is);
    List<Difference> differences = new ArrayList<>();
    if (contents.equals(contentsBefore)) {
      return differences;
    }
    add(differences, "source", was.source(), is.source());
    add(differences, "aggregate", was.aggregate().sql(), is.aggregate().sql());
    add(differences, "by", sql(was.aggregate().by()), sql(is.aggregate().by()));
    add(differences, "where", sql(was.where()), sql(is.where()));
    add(differences, "window", WindowText.of(was.window()), WindowText.of(is.window()));
    LoggedInput input = contents.column().input();
    if (!contents.column().equals(contentsBefore.column())) {
      addOfInput(differences, contentsBefore.column().input(), input);
    }
    if (differences.isEmpty()) {
      differences.add(new Difference("columns or fields of source " + input.source(), null, null));
    }
    return differences;
  }

  /** What decides the values of a feature before its default, however it is written. */
  private static LoggedAggregate aggregate(LoggedView view, Feature feature) {
    return view.aggregates()
        .get(
            view.features().stream()
                .filter(each -> each.name().equals(feature.name()))
                .mapToInt(LoggedFeature::aggregate)
                .findFirst()
                .orElseThrow());
  }

  /** Lifetimes whose state would be lost beside a new one that keeps more of the same values. */
  @Override
  public List<Refusal> refusals(String name) {
    List<Refusal> refusals = new ArrayList<>();
    if (state == null) {
      return refusals;
    }
    boolean getsNumbers = view.inputs().size() > 1 && state.view().inputs().size() == 1;
    PlanChange change = state.view().changeTo(view, getsNumbers ? (Byte) (byte) 0 : null);
    for (WindowedAggregate lost : Evolution.lost(change)) {
      refusals.add(
          new Refusal(
              name + ":" + String.join(", ", view.featuresOf(lost)),
              "the state of a lifetime has not all that a new feature over the same values and"
                  + " lifetime needs beside it",
              "put the new feature into a view of its own, or begin with history (--history),"
                  + " without the savepoint",
              true));
    }
    return refusals;
  }

  private static void addOfInput(
      List<Difference> differences, LoggedInput before, LoggedInput after) {
    if (before.source().equals(after.source()) && !before.equals(after)) {
      differences.add(
          new Difference("the events that the view takes of " + after.source(), null, null));
    }
  }

  private static void add(
      List<Difference> differences, String what, @Nullable String before, @Nullable String after) {
    if (!Objects.equals(before, after)) {
      differences.add(new Difference(what, before, after));
    }
  }

  private static @Nullable String sql(@Nullable Expression expression) {
    return expression == null ? null : expression.sql();
  }
}
