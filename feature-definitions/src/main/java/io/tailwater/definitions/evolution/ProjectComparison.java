// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import io.tailwater.definitions.model.BatchFeatureView;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.OnDemandFeatureView;
import io.tailwater.definitions.model.OnDemandFeatureView.InputFeature;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.definitions.model.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares the views of a project: the stored ones, then those that are computed of them. */
final class ProjectComparison {
  private final Project before;
  private final Project after;
  private final Map<String, ViewChange> changes = new LinkedHashMap<>();

  ProjectComparison(Project before, Project after) {
    this.before = before;
    this.after = after;
  }

  ProjectChange change() {
    for (View view : after.allViews()) {
      changes.put(
          view.name(),
          find(before, view.name())
              .map(former -> change(former, view))
              .orElseGet(() -> compared(null, view)));
    }
    for (View view : before.allViews()) {
      changes.computeIfAbsent(view.name(), gone -> dropped(view));
    }
    return new ProjectChange(after.name(), List.copyOf(changes.values()), refusals());
  }

  private static Optional<View> find(Project project, String view) {
    return project.allViews().stream().filter(each -> each.name().equals(view)).findFirst();
  }

  private List<Refusal> refusals() {
    List<Refusal> refusals = new ArrayList<>();
    if (!before.name().equals(after.name())) {
      refusals.add(
          new Refusal(
              after.name(),
              "the project was '%s', which the names of all tables and keys begin with"
                  .formatted(before.name()),
              "keep its name, or start the new project on its own, without the savepoint"));
    }
    for (EventSource source : after.readSources()) {
      before.readSources().stream()
          .filter(former -> former.name().equals(source.name()))
          .forEach(former -> refusals.addAll(SourceComparison.refusals(former, source)));
    }
    return refusals;
  }

  private ViewChange change(View former, View view) {
    if (former.getClass() != view.getClass()) {
      return refused(
          view,
          new Refusal(
              view.name(),
              "is %s, was %s".formatted(kind(view), kind(former)),
              "give the view another name"));
    }
    if (former instanceof StoredView was
        && view instanceof StoredView is
        && !was.entity().joinKeys().equals(is.entity().joinKeys())) {
      return refused(
          view,
          new Refusal(
              view.name(),
              new Difference("join keys", keys(was), keys(is)).toString(),
              "state and stores are by key: give the view another name"));
    }
    return compared(former, view);
  }

  private ViewChange compared(@Nullable View former, View view) {
    SeenNames seen = new SeenNames(former, view);
    if (view instanceof OnDemandFeatureView onDemand) {
      addInputs((OnDemandFeatureView) former, onDemand, seen);
    }
    ViewComparison features = new ViewComparison(former, view, Leaves.of(former, view), seen);
    List<Difference> differences = former == null ? List.of() : ViewDifferences.of(former, view);
    boolean isSame =
        differences.isEmpty()
            && features.refusals().isEmpty()
            && features.changes().stream()
                .allMatch(feature -> feature.kind() == FeatureChange.Kind.UNCHANGED);
    ViewChange.Kind changed = isSame ? ViewChange.Kind.UNCHANGED : ViewChange.Kind.CHANGED;
    return new ViewChange(
        view.name(),
        former == null ? ViewChange.Kind.ADDED : changed,
        differences,
        features.changes(),
        features.refusals());
  }

  /** A view that cannot go on: nothing is said of its features. */
  private static ViewChange refused(View view, Refusal refusal) {
    return new ViewChange(
        view.name(), ViewChange.Kind.CHANGED, List.of(), List.of(), List.of(refusal));
  }

  private static ViewChange dropped(View view) {
    return new ViewChange(
        view.name(),
        ViewChange.Kind.DROPPED,
        List.of(),
        view.features().stream().map(ViewComparison::dropped).toList(),
        List.of());
  }

  /** The features of other views that expressions see. */
  private void addInputs(
      @Nullable OnDemandFeatureView former, OnDemandFeatureView view, SeenNames seen) {
    for (InputFeature input : view.inputFeatures()) {
      ViewChange stored = changes.get(input.view().name());
      if (stored == null) {
        continue;
      }
      stored.features().stream()
          .filter(change -> change.name().equals(input.feature()))
          .forEach(change -> seen.add(input.field().name(), nameIn(former, input, change), change));
    }
  }

  private static @Nullable String nameIn(
      @Nullable OnDemandFeatureView former, InputFeature input, FeatureChange change) {
    String feature = Objects.requireNonNullElse(change.was(), change.name());
    return former == null
        ? null
        : former.inputFeatures().stream()
            .filter(each -> each.view().name().equals(input.view().name()))
            .filter(each -> each.feature().equals(feature))
            .map(each -> each.field().name())
            .findFirst()
            .orElse(null);
  }

  private static String kind(View view) {
    if (view instanceof FeatureView) {
      return "a view over events";
    }
    return view instanceof BatchFeatureView ? "a batch view" : "an on-demand view";
  }

  private static String keys(StoredView view) {
    return String.join(
        ", ", view.entity().joinKeys().stream().map(key -> key.name() + " " + key.type()).toList());
  }
}
