// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import io.tailwater.definitions.evolution.FeatureChange.ColumnChange;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.DerivedFeature;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares the features of a view, each after those that it uses. */
final class ViewComparison {
  private final View after;
  private final Leaves leaves;
  private final SeenNames seen;
  private final FeaturePairs pairs;
  private final Map<String, FeatureChange> changes = new LinkedHashMap<>();
  private final List<Refusal> refusals = new ArrayList<>();

  /**
   * @param before null if the view is new
   * @param leaves for what is no expression
   * @param seen what expressions see beside the view's own features
   */
  ViewComparison(@Nullable View before, View after, Leaves leaves, SeenNames seen) {
    this.after = after;
    this.leaves = leaves;
    this.seen = seen;
    this.pairs = new FeaturePairs(before, after);
    refusals.addAll(pairs.refusals());
    refusals.addAll(leaves.refusals(after.name()));
    for (Feature feature : after.features()) {
      FeatureChange change = change(feature);
      changes.put(feature.name(), change);
      seen.add(
          feature.name(), pairs.before(feature.name()).map(Feature::name).orElse(null), change);
    }
    List<? extends Feature> former = before == null ? List.of() : before.features();
    for (Feature feature : former) {
      if (!pairs.goesOn(feature)) {
        changes.putIfAbsent(feature.name(), dropped(feature));
      }
    }
  }

  List<FeatureChange> changes() {
    return List.copyOf(changes.values());
  }

  List<Refusal> refusals() {
    return refusals;
  }

  /** Of a feature of a view that is gone, or that is. */
  static FeatureChange dropped(Feature feature) {
    return new FeatureChange(
        feature.name(),
        null,
        FeatureChange.Kind.DROPPED,
        List.of(),
        Readiness.SAME,
        feature.isReadTime() ? ColumnChange.NONE : ColumnChange.LEAVE,
        !feature.isReadTime(),
        feature.type());
  }

  private FeatureChange change(Feature feature) {
    Feature former = pairs.before(feature.name()).orElse(null);
    if (former == null) {
      return new FeatureChange(
          feature.name(),
          null,
          FeatureChange.Kind.ADDED,
          List.of(),
          readiness(feature),
          feature.isReadTime() ? ColumnChange.NONE : ColumnChange.ADD,
          !feature.isReadTime(),
          feature.type());
    }
    boolean isRenamed = !former.name().equals(feature.name());
    List<Difference> differences = differences(former, feature);
    refuse(former, feature, differences);
    return new FeatureChange(
        feature.name(),
        isRenamed ? former.name() : null,
        kind(isRenamed, !differences.isEmpty()),
        differences,
        differences.isEmpty() ? Readiness.SAME : readiness(feature),
        columnChange(former, feature),
        !feature.isReadTime(),
        feature.type());
  }

  private static FeatureChange.Kind kind(boolean isRenamed, boolean isChanged) {
    if (isChanged) {
      return FeatureChange.Kind.CHANGED;
    }
    return isRenamed ? FeatureChange.Kind.RENAMED : FeatureChange.Kind.UNCHANGED;
  }

  private Readiness readiness(Feature feature) {
    return feature instanceof DerivedFeature derived
        ? seen.readiness(derived)
        : leaves.readiness(feature);
  }

  private List<Difference> differences(Feature former, Feature feature) {
    List<Difference> differences = new ArrayList<>();
    if (former.getClass() != feature.getClass()) {
      differences.add(new Difference("definition", definition(former), definition(feature)));
    } else if (former instanceof DerivedFeature was && feature instanceof DerivedFeature is) {
      differences.addAll(seen.differences(was, is));
    } else {
      differences.addAll(leaves.differences(former, feature));
    }
    if (!Objects.equals(former.defaultValue(), feature.defaultValue())) {
      differences.add(
          new Difference("default", text(former.defaultValue()), text(feature.defaultValue())));
    }
    if (!former.type().equals(feature.type())) {
      differences.add(
          new Difference(Difference.TYPE, former.type().toString(), feature.type().toString()));
    }
    return differences;
  }

  private void refuse(Feature former, Feature feature, List<Difference> differences) {
    String subject = after.name() + ":" + feature.name();
    if (!former.name().equals(feature.name()) && !differences.isEmpty()) {
      refusals.add(
          new Refusal(
              subject,
              "was '%s', with other values: %s"
                  .formatted(
                      former.name(),
                      String.join(", ", differences.stream().map(Difference::toString).toList())),
              "'was' is for the same value under a new name: rename it first and change it then, or"
                  + " drop 'was'"));
    }
    if (!former.isReadTime()
        && !feature.isReadTime()
        && !Widening.isAllowed(former.type(), feature.type())) {
      refusals.add(
          new Refusal(
              subject,
              "is %s, was %s, and a column of the offline table has one type"
                  .formatted(feature.type(), former.type()),
              "give it another name"));
    }
  }

  private static ColumnChange columnChange(Feature former, Feature feature) {
    if (feature.isReadTime()) {
      return former.isReadTime() ? ColumnChange.NONE : ColumnChange.LEAVE;
    }
    if (former.isReadTime()) {
      return ColumnChange.ADD;
    }
    if (!former.name().equals(feature.name())) {
      return ColumnChange.RENAME;
    }
    return former.type().equals(feature.type()) ? ColumnChange.NONE : ColumnChange.WIDEN;
  }

  private static String definition(Feature feature) {
    if (feature instanceof AggregateFeature aggregate) {
      return aggregate.aggregate().sql();
    }
    return feature instanceof DerivedFeature derived
        ? derived.expression().sql()
        : "a column of the query";
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
