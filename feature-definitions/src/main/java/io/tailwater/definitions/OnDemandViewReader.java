// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.DerivedFeature;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.OnDemandFeatureView;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.definitions.model.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code on_demand_feature_views}. */
final class OnDemandViewReader {
  private static final Set<String> KEYS = keys(Set.of("name", "inputs", "request", "features"));
  private static final Set<String> FEATURE_KEYS =
      keys(Set.of("name", "was", "type", "expression", "default"));
  private static final Set<String> REQUEST_KEYS = Set.of("name", "type", "description");

  private final YamlMapping mapping;
  private final Registry<View> views;

  private OnDemandViewReader(YamlMapping mapping, Registry<View> views) {
    this.mapping = mapping;
    this.views = views;
  }

  /** The view; empty, with problems added, if it is none. */
  static Optional<OnDemandFeatureView> read(YamlMapping mapping, Registry<View> views) {
    return new OnDemandViewReader(mapping, views).read();
  }

  private Optional<OnDemandFeatureView> read() {
    mapping.refuseOthers(KEYS, Map.of());
    Optional<String> name = Names.read(mapping);
    Optional<List<StoredView>> inputs = mapping.require("inputs").flatMap(this::inputs);
    mapping.require("features");
    if (inputs.isEmpty()) {
      return Optional.empty();
    }
    Optional<List<Field>> request = request(inputs.get());
    if (request.isEmpty()) {
      return Optional.empty();
    }
    List<DerivedFeature> features = features(inputs.get(), request.get());
    return name.filter(given -> !features.isEmpty())
        .map(
            given ->
                new OnDemandFeatureView(
                    given, inputs.get(), request.get(), features, MetadataReader.read(mapping)));
  }

  private Optional<List<StoredView>> inputs(YamlValue value) {
    List<YamlValue> elements = value.asList();
    if (value.isList() && elements.isEmpty()) {
      value.problem("an empty list", "at least one view");
    }
    List<StoredView> inputs = new ArrayList<>();
    for (YamlValue element : elements) {
      Optional<View> view = views.resolve(element);
      if (view.isPresent() && !(view.get() instanceof StoredView)) {
        element.problem(
            "the on-demand view '%s'".formatted(view.get().name()),
            "a view of features that are stored");
      } else if (view.isPresent() && inputs.contains(view.get())) {
        element.problem("'%s' a second time".formatted(view.get().name()), "each view once");
      } else {
        view.ifPresent(input -> inputs.add((StoredView) input));
      }
    }
    boolean complete = !inputs.isEmpty() && inputs.size() == elements.size();
    return complete && areDistinct(inputs, value) ? Optional.of(inputs) : Optional.empty();
  }

  /** Features that share a name are qualified, and may meet one that is called so anyway. */
  private static boolean areDistinct(List<StoredView> inputs, YamlValue value) {
    Set<String> names = new HashSet<>();
    for (OnDemandFeatureView.InputFeature input : OnDemandFeatureView.inputFeatures(inputs)) {
      if (!names.add(input.field().name())) {
        value.problem(
            "views with two features that are called '%s' here".formatted(input.field().name()),
            "views whose features can be told apart: rename one of the two");
        return false;
      }
    }
    return true;
  }

  private Optional<List<Field>> request(List<StoredView> inputs) {
    List<YamlValue> elements = mapping.get("request").map(YamlValue::asList).orElse(List.of());
    Set<String> taken = new HashSet<>();
    joinKeys(inputs).forEach(key -> taken.add(key.name()));
    OnDemandFeatureView.inputFeatures(inputs).forEach(input -> taken.add(input.field().name()));
    List<Field> request = new ArrayList<>();
    for (YamlValue element : elements) {
      Optional<Field> field = element.asMapping().flatMap(OnDemandViewReader::requestField);
      if (field.isPresent() && !taken.add(field.get().name())) {
        element.problem(
            "the name '%s' a second time".formatted(field.get().name()),
            "a name that is no join key, no feature of the inputs and no other field");
      } else {
        field.ifPresent(request::add);
      }
    }
    boolean list = mapping.get("request").map(YamlValue::isList).orElse(true);
    return list && request.size() == elements.size() ? Optional.of(request) : Optional.empty();
  }

  private static Optional<Field> requestField(YamlMapping field) {
    field.refuseOthers(REQUEST_KEYS, Map.of());
    Optional<String> name = Names.read(field);
    Optional<ValueType> type = field.require("type").flatMap(TypeNames::readRequestType);
    return type.flatMap(known -> name.map(given -> new Field(given, known, true)));
  }

  private List<DerivedFeature> features(List<StoredView> inputs, List<Field> request) {
    FeatureScope scope =
        new FeatureScope(joinKeys(inputs), OnDemandFeatureView.row(inputs, request));
    List<YamlValue> elements = mapping.get("features").map(YamlValue::asList).orElse(List.of());
    if (elements.isEmpty() && mapping.get("features").filter(YamlValue::isList).isPresent()) {
      mapping.value().problem("no features", "at least one feature");
    }
    for (YamlValue element : elements) {
      element
          .asMapping()
          .ifPresent(feature -> scope.add(element, feature, feature(feature, scope)));
    }
    scope.checkFormerNames();
    return scope.anyFailed()
        ? List.of()
        : scope.features().stream().map(DerivedFeature.class::cast).toList();
  }

  private static List<DerivedFeature> feature(YamlMapping feature, FeatureScope scope) {
    feature.refuseOthers(FEATURE_KEYS, Map.of());
    return DerivedReader.read(feature, Names.read(feature), scope).stream()
        .map(OnDemandViewReader::onDemand)
        .toList();
  }

  /** Whatever it is computed of, nothing of an on-demand view is stored. */
  private static DerivedFeature onDemand(DerivedFeature feature) {
    return new DerivedFeature(
        feature.name(),
        feature.expression(),
        feature.defaultValue(),
        true,
        feature.metadata(),
        feature.was());
  }

  private static List<JoinKey> joinKeys(List<StoredView> inputs) {
    return inputs.stream().flatMap(input -> input.entity().joinKeys().stream()).toList();
  }

  private static Set<String> keys(Set<String> own) {
    Set<String> keys = new HashSet<>(own);
    keys.addAll(MetadataReader.KEYS);
    return Set.copyOf(keys);
  }
}
