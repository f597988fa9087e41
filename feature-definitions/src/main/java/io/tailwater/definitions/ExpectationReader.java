// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.cases.Expectation;
import io.tailwater.definitions.cases.ExpectedValue;
import io.tailwater.definitions.cases.Place;
import io.tailwater.definitions.expression.Suggestions;
import io.tailwater.definitions.model.BatchFeatureView;
import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.View;
import io.tailwater.definitions.retrieval.RetrievalPlan;
import io.tailwater.definitions.retrieval.ViewRead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one element of {@code expect}. */
final class ExpectationReader {
  private static final Set<String> KEYS = Set.of("entity", "at", "as_of", "request", "features");

  private final Project project;
  private final String file;
  private final Map<FeatureReference, RetrievalPlan> plans;
  private final Map<String, Entity> entities = new LinkedHashMap<>();
  private final Map<String, Field> requestFields = new LinkedHashMap<>();
  private final List<ExpectedValue> values = new ArrayList<>();

  /**
   * Reads one.
   *
   * @param plans what features need, kept from one to the next
   */
  ExpectationReader(Project project, String file, Map<FeatureReference, RetrievalPlan> plans) {
    this.project = project;
    this.file = file;
    this.plans = plans;
  }

  /**
   * The expectation; empty, with problems added, if there is something wrong with it.
   *
   * @param entity of the case, for expectations that do not say it; null if it has none
   */
  Optional<Expectation> read(YamlMapping mapping, @Nullable YamlValue entity) {
    mapping.refuseOthers(KEYS, Map.of());
    Optional<YamlValue> features = mapping.require("features");
    features.flatMap(YamlValue::asMapping).ifPresent(this::readFeatures);
    Optional<Long> instant = mapping.require("at").flatMap(ExpectationReader::instant);
    boolean before = mapping.get("as_of").map(ExpectationReader::isBefore).orElse(false);
    Map<String, @Nullable Object> request = new HashMap<>();
    boolean whole = readRequest(mapping, request);
    YamlValue key = mapping.get("entity").orElse(entity);
    if (key == null) {
      mapping.value().problem("no 'entity'", "'entity: {…}', here or in the case");
    }
    if (key == null || values.isEmpty() || instant.isEmpty() || !whole) {
      return Optional.empty();
    }
    return keys(key)
        .map(
            keys ->
                new Expectation(
                    describe(key), keys, instant.get(), before, request, List.copyOf(values)));
  }

  private void readFeatures(YamlMapping mapping) {
    if (mapping.fields().isEmpty()) {
      mapping.value().problem("no features", "at least one, as in 'view: {feature: value}'");
    }
    mapping
        .fields()
        .forEach(
            (name, value) ->
                view(name, value)
                    .ifPresent(
                        view -> value.asMapping().ifPresent(given -> readView(view, given))));
  }

  private void readView(View view, YamlMapping mapping) {
    mapping.fields().forEach((name, value) -> readFeature(view, name, value));
  }

  private void readFeature(View view, String name, YamlValue value) {
    Optional<? extends Feature> feature = view.feature(name);
    if (feature.isEmpty()) {
      List<String> known = view.features().stream().map(Feature::name).toList();
      value.problem(
          "the unknown feature '%s' of '%s'".formatted(name, view.name()),
          "one of " + String.join(", ", known),
          Suggestions.didYouMean(name, known).orElse(null));
      return;
    }
    FeatureReference reference = new FeatureReference(view.name(), name);
    RetrievalPlan plan =
        plans.computeIfAbsent(reference, added -> RetrievalPlan.of(project, List.of(added)));
    if (!isOfEvents(plan, reference, value)) {
      return;
    }
    plan.views().forEach(read -> entities.put(read.view().entity().name(), read.view().entity()));
    plan.requestFields().forEach(field -> requestFields.put(field.name(), field));
    Place place = new Place(file, value.line());
    if (value.isNull()) {
      values.add(new ExpectedValue(reference, feature.get().type(), null, place));
    } else {
      CaseValues.read(value, feature.get().type())
          .ifPresent(
              read -> values.add(new ExpectedValue(reference, feature.get().type(), read, place)));
    }
  }

  private static boolean isOfEvents(
      RetrievalPlan plan, FeatureReference reference, YamlValue value) {
    for (ViewRead read : plan.views()) {
      if (read.view() instanceof BatchFeatureView) {
        value.problem(
            "'%s', which is of the batch view '%s'".formatted(reference, read.view().name()),
            "a feature of events: what a query gives is in no case");
        return false;
      }
    }
    return true;
  }

  private boolean readRequest(YamlMapping mapping, Map<String, @Nullable Object> request) {
    Map<String, YamlValue> given =
        mapping
            .get("request")
            .flatMap(YamlValue::asMapping)
            .map(YamlMapping::fields)
            .orElse(Map.of());
    boolean whole = true;
    for (Map.Entry<String, YamlValue> entry : given.entrySet()) {
      Field field = requestFields.get(entry.getKey());
      if (field == null) {
        whole = false;
        entry
            .getValue()
            .problem(
                "the field '%s'".formatted(entry.getKey()),
                requestFields.isEmpty()
                    ? "no request: none of the features takes one"
                    : "one of " + String.join(", ", requestFields.keySet()));
      } else if (entry.getValue().isNull()) {
        request.put(entry.getKey(), null);
      } else {
        Optional<Object> value = CaseValues.read(entry.getValue(), field.type());
        value.ifPresent(read -> request.put(entry.getKey(), read));
        whole &= value.isPresent();
      }
    }
    for (Field field : requestFields.values()) {
      if (!given.containsKey(field.name())) {
        whole = false;
        mapping
            .value()
            .problem(
                "no '%s' of the request".formatted(field.name()),
                "'request: {%s: …}', a value of %s".formatted(field.name(), field.type()));
      }
    }
    return whole;
  }

  /** The keys of all entities that the features are of, out of the join keys that are given. */
  private Optional<Map<String, Object[]>> keys(YamlValue value) {
    Optional<YamlMapping> mapping = value.asMapping();
    if (mapping.isEmpty()) {
      return Optional.empty();
    }
    Map<String, YamlValue> given = mapping.get().fields();
    Set<String> known = new LinkedHashSet<>();
    Map<String, Object[]> keys = new LinkedHashMap<>();
    boolean whole = true;
    for (Entity entity : entities.values()) {
      Object[] key = new Object[entity.joinKeys().size()];
      for (int i = 0; i < key.length; i++) {
        JoinKey part = entity.joinKeys().get(i);
        known.add(part.name());
        Optional<Object> read = part(part, entity, given.get(part.name()), value);
        read.ifPresent(set(key, i));
        whole &= read.isPresent();
      }
      keys.put(entity.name(), key);
    }
    mapping.get().refuseOthers(known, Map.of());
    return whole && known.containsAll(given.keySet()) ? Optional.of(keys) : Optional.empty();
  }

  private static Consumer<Object> set(Object[] key, int index) {
    return value -> key[index] = value;
  }

  private static Optional<Object> part(
      JoinKey part, Entity entity, @Nullable YamlValue given, YamlValue whole) {
    if (given == null) {
      whole.problem(
          "no '%s'".formatted(part.name()),
          "'%s: …', a join key of '%s', a value of %s"
              .formatted(part.name(), entity.name(), part.type()));
      return Optional.empty();
    }
    return CaseValues.read(given, part.type());
  }

  private Optional<View> view(String name, YamlValue value) {
    List<View> views = project.allViews();
    Optional<View> view = views.stream().filter(known -> known.name().equals(name)).findFirst();
    if (view.isEmpty()) {
      List<String> known = views.stream().map(View::name).toList();
      value.problem(
          "the unknown feature view '%s'".formatted(name),
          "one of " + String.join(", ", known),
          Suggestions.didYouMean(name, known).orElse(null));
    }
    return view;
  }

  private static Optional<Long> instant(YamlValue value) {
    Optional<String> text = value.asText(IsoInstant.EXPECTED);
    try {
      return text.map(IsoInstant::parse);
    } catch (IllegalArgumentException e) {
      value.problem(value.describe(), IsoInstant.EXPECTED);
      return Optional.empty();
    }
  }

  private static boolean isBefore(YamlValue value) {
    String text = value.text().orElse("");
    if (!text.equals("at") && !text.equals("before")) {
      value.problem(value.describe(), "at, the default, or before");
    }
    return text.equals("before");
  }

  private static String describe(YamlValue key) {
    return key.asMapping().map(YamlMapping::fields).orElse(Map.of()).entrySet().stream()
        .map(part -> part.getKey() + "=" + part.getValue().text().orElse(""))
        .collect(Collectors.joining(", "));
  }
}
