// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.retrieval;

import io.tailwater.definitions.expression.ExpressionCompiler;
import io.tailwater.definitions.model.DerivedFeature;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.OnDemandFeatureView;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.definitions.retrieval.References.Requested;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Follows features to what they are computed of, and gives every value its place. */
final class PlanBuilder {
  /** As the view of a value that is of none: a field of the request, or its time. */
  private static final String NO_VIEW = "";

  private final Map<String, NamedView> views = new LinkedHashMap<>();
  private final Map<String, Set<String>> stored = new LinkedHashMap<>();
  private final Map<String, Field> request = new LinkedHashMap<>();
  private final Map<FeatureReference, Computed> computed = new LinkedHashMap<>();
  private final List<String> problems;

  /** A computed value: what its expression names, in the order of {@code row}. */
  private record Computed(
      NamedView view, DerivedFeature feature, List<Field> row, List<FeatureReference> inputs) {
    boolean isOfStoredView() {
      return view.view() instanceof StoredView;
    }
  }

  /** What a name in an expression means. */
  private record Named(Field field, FeatureReference value, Runnable need) {}

  PlanBuilder(List<String> problems) {
    this.problems = problems;
  }

  /** Adds the feature and all that it is computed of. */
  void need(NamedView view, Feature feature) {
    boolean isStored = view.view() instanceof StoredView;
    if (isStored) {
      views.putIfAbsent(view.name(), view);
      stored.computeIfAbsent(view.name(), added -> new HashSet<>());
    }
    if (isStored && !feature.isReadTime()) {
      stored.getOrDefault(view.name(), Set.of()).add(feature.name());
      return;
    }
    FeatureReference reference = new FeatureReference(view.name(), feature.name());
    if (!computed.containsKey(reference)) {
      DerivedFeature derived = (DerivedFeature) feature;
      List<Named> inputs = inputs(view, derived);
      inputs.forEach(input -> input.need().run());
      computed.put(
          reference,
          new Computed(
              view,
              derived,
              inputs.stream().map(Named::field).toList(),
              inputs.stream().map(Named::value).toList()));
    }
  }

  RetrievalPlan build(List<Requested> requested, List<OutputFeature> outputs, boolean before) {
    Map<FeatureReference, Integer> places = new LinkedHashMap<>();
    List<ViewRead> reads = new ArrayList<>();
    for (NamedView named : views.values()) {
      StoredView view = (StoredView) named.view();
      Set<String> needed = stored.getOrDefault(named.name(), Set.of());
      List<Feature> features =
          view.storedFeatures().stream()
              .filter(feature -> needed.contains(feature.name()))
              .toList();
      features.forEach(feature -> place(named.name(), feature.name(), places));
      reads.add(
          new ViewRead(
              named.name(),
              view,
              named.keys(),
              features.stream().map(Feature::name).toList(),
              features.stream().map(Feature::type).toList(),
              before));
    }
    request.keySet().forEach(field -> place(NO_VIEW, field, places));
    place(NO_VIEW, Feature.REQUEST_TIME, places);
    List<Step> steps = new ArrayList<>();
    computed.forEach(
        (reference, value) -> {
          steps.add(step(value, places));
          place(reference.view(), reference.feature(), places);
        });
    int[] outputPlaces =
        requested.stream()
            .mapToInt(
                output ->
                    placeOf(
                        new FeatureReference(output.view().name(), output.feature().name()),
                        places))
            .toArray();
    return new RetrievalPlan(
        reads, List.copyOf(request.values()), outputs, steps, outputPlaces, outputReads(requested));
  }

  /** The places of the views whose rows each output comes of. */
  private List<List<Integer>> outputReads(List<Requested> requested) {
    List<String> names = List.copyOf(views.keySet());
    Map<FeatureReference, Set<Integer>> readsOfComputed = new HashMap<>();
    // In the order of insertion, which has what a value is computed of before it.
    computed.forEach(
        (reference, value) -> {
          Set<Integer> reads = new TreeSet<>();
          for (FeatureReference input : value.inputs()) {
            reads.addAll(readsOfComputed.getOrDefault(input, readOf(input.view(), names)));
          }
          readsOfComputed.put(reference, reads);
        });
    return requested.stream()
        .map(
            output -> {
              String view = output.view().name();
              FeatureReference reference = new FeatureReference(view, output.feature().name());
              return names.contains(view)
                  ? List.copyOf(readOf(view, names))
                  : List.copyOf(readsOfComputed.getOrDefault(reference, Set.of()));
            })
        .toList();
  }

  private static Set<Integer> readOf(String view, List<String> names) {
    int place = names.indexOf(view);
    return place < 0 ? Set.of() : Set.of(place);
  }

  private Step step(Computed value, Map<FeatureReference, Integer> places) {
    int read = List.copyOf(views.keySet()).indexOf(value.view().name());
    return new Step(
        value.view().name(),
        value.feature(),
        value.row(),
        value.inputs().stream().mapToInt(input -> placeOf(input, places)).toArray(),
        value.isOfStoredView() ? read : Step.ALWAYS);
  }

  private static void place(String view, String name, Map<FeatureReference, Integer> places) {
    places.put(new FeatureReference(view, name), places.size());
  }

  private static int placeOf(FeatureReference value, Map<FeatureReference, Integer> places) {
    Integer place = places.get(value);
    if (place == null) {
      throw new IllegalStateException("%s has no place".formatted(value));
    }
    return place;
  }

  /** What the expression names, in the order of the row that it sees. */
  private List<Named> inputs(NamedView view, DerivedFeature feature) {
    List<Named> row = row(view);
    List<Field> fields = row.stream().map(Named::field).toList();
    Set<String> references =
        ExpressionCompiler.analyze(feature.expression().sql(), fields).references();
    return row.stream().filter(input -> references.contains(input.field().name())).toList();
  }

  /** All that an expression of the view may name. */
  private List<Named> row(NamedView view) {
    List<Named> row = new ArrayList<>();
    if (view.view() instanceof OnDemandFeatureView onDemand) {
      for (OnDemandFeatureView.InputFeature input : onDemand.inputFeatures()) {
        Feature feature = input.view().feature(input.feature()).orElseThrow();
        row.add(named(input.field(), NamedView.of(input.view()), feature));
      }
      for (Field field : onDemand.request()) {
        FeatureReference value = new FeatureReference(NO_VIEW, field.name());
        row.add(new Named(field, value, () -> needRequest(onDemand, field)));
      }
    }
    for (Feature feature : view.view().features()) {
      row.add(named(new Field(feature.name(), feature.type(), true), view, feature));
    }
    Field time = Feature.REQUEST_TIME_FIELD;
    row.add(new Named(time, new FeatureReference(NO_VIEW, time.name()), () -> {}));
    return row;
  }

  private Named named(Field field, NamedView view, Feature feature) {
    return new Named(
        field, new FeatureReference(view.name(), feature.name()), () -> need(view, feature));
  }

  private void needRequest(OnDemandFeatureView view, Field field) {
    Field known = request.putIfAbsent(field.name(), field);
    if (known != null && !known.type().equals(field.type())) {
      problems.add(
          "the request field '%s', which is %s in '%s' and %s in another view: rename one of them"
              .formatted(field.name(), field.type(), view.name(), known.type()));
    }
  }
}
