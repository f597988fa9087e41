// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.evolution.Readiness.Cause;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.program.LoggedInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Aggregates: their values go on in the state, or are made of its log. */
final class EventLeaves implements Leaves {
  private final @Nullable FeatureView before;
  private final FeatureView after;
  private final @Nullable LoggedState state;

  /**
   * @param before null if there was none
   */
  EventLeaves(@Nullable FeatureView before, FeatureView after) {
    this.before = before;
    this.after = after;
    this.state = before == null ? null : new LoggedState(before);
  }

  @Override
  public Readiness readiness(Feature feature) {
    AggregateFeature aggregate = (AggregateFeature) feature;
    return state == null
        ? LoggedState.withoutState(aggregate.window(), Cause.NEW_VIEW)
        : state.readinessOf(AggregateContents.of(after, aggregate));
  }

  @Override
  public List<Difference> differences(Feature former, Feature feature) {
    FeatureView formerView = requireNonNull(before, "before is null");
    AggregateFeature was = (AggregateFeature) former;
    AggregateFeature is = (AggregateFeature) feature;
    AggregateContents contentsBefore = AggregateContents.of(formerView, was);
    AggregateContents contents = AggregateContents.of(after, is);
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
    if (differences.isEmpty() || !contents.columns().equals(contentsBefore.columns())) {
      addOfInput(differences, contentsBefore.column().input(), input);
    }
    if (differences.isEmpty()) {
      differences.add(new Difference("columns or fields of source " + input.source(), null, null));
    }
    return differences;
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
