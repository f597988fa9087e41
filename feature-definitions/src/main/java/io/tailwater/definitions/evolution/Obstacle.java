// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.evolution.FeatureChange.ColumnChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What stands between a change and its being applied: a stream cannot go on over it, or old and new
 * values would stand under one name.
 *
 * @param subject what of the definitions it is about, as {@code customer_behavior:spend_30d}
 * @param found what has been changed
 * @param advice what to do
 * @param isAcceptable whether it may be applied if somebody says that it is meant
 */
public record Obstacle(String subject, String found, String advice, boolean isAcceptable) {
  /** Stands for all features of a view, as in {@code customer_behavior:*}. */
  private static final String ALL = "*";

  public Obstacle {
    requireNonNull(subject, "subject is null");
    requireNonNull(found, "found is null");
    requireNonNull(advice, "advice is null");
  }

  /**
   * All that stand in the way of a change.
   *
   * @param reused features, as {@code view:feature}, that are new to the definitions but whose name
   *     an earlier version has had for other values
   */
  public static List<Obstacle> of(ProjectChange change, Collection<String> reused) {
    List<Obstacle> obstacles = new ArrayList<>();
    for (Refusal refusal : change.allRefusals()) {
      obstacles.add(
          new Obstacle(
              refusal.subject(), refusal.found(), refusal.advice(), refusal.isHealedByHistory()));
    }
    for (ViewChange view : change.views()) {
      for (FeatureChange feature : view.features()) {
        if (isMixed(feature)) {
          obstacles.add(mixed(view, feature));
        }
      }
    }
    for (String feature : reused) {
      obstacles.add(
          new Obstacle(
              feature,
              "an earlier version had other values under this name, which are in its column",
              "give it another name, or drop the column, or leave the rows of before as they are",
              true));
    }
    return obstacles;
  }

  /** Whether it is among the accepted: by its subject, or by {@code view:*}. */
  public boolean isAmong(Set<String> accepted) {
    int colon = subject.indexOf(':');
    return isAcceptable
        && (accepted.contains(subject)
            || (colon >= 0 && accepted.contains(subject.substring(0, colon + 1) + ALL)));
  }

  /** A wider type alone leaves the values of before what they were. */
  private static boolean isMixed(FeatureChange feature) {
    boolean hasRows =
        feature.column() == ColumnChange.NONE || feature.column() == ColumnChange.WIDEN;
    return feature.kind() == FeatureChange.Kind.CHANGED
        && feature.isStored()
        && hasRows
        && !feature.differences().stream().allMatch(each -> each.what().equals(Difference.TYPE));
  }

  private static Obstacle mixed(ViewChange view, FeatureChange feature) {
    boolean isOfQuery = feature.readiness().cause() == Readiness.Cause.QUERY;
    return new Obstacle(
        view.name() + ":" + feature.name(),
        String.join(", ", feature.differences().stream().map(Difference::toString).toList()),
        "give it another name, or make the rows of before right: "
            + (isOfQuery
                ? "tailwater materialize START END"
                : "tailwater backfill --view " + view.name()),
        true);
  }

  @Override
  public String toString() {
    return "%s: %s: %s".formatted(subject, found, advice);
  }
}
