// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.DerivedFeature;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one element of a view's {@code features}, which is one feature or, of windows, several. */
final class FeatureReader {
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "aggregate",
          "window",
          "windows",
          "where",
          "expression",
          "default",
          "description");
  private static final Map<String, String> LATER =
      Map.of(
          "by", "a feature over all events; a value each with 'where'",
          "source", "the source of the view",
          "type", "no 'type': it follows from the aggregate or the expression",
          "expiry", "exact expiry, which is the default",
          "offset", "a window that ends now",
          "unbounded_state", "sliding windows, whose state is bounded");

  private final YamlMapping mapping;
  private final List<Field> row;
  private final FeatureScope before;

  private FeatureReader(YamlMapping mapping, List<Field> row, FeatureScope before) {
    this.mapping = mapping;
    this.row = row;
    this.before = before;
  }

  /**
   * The features; empty, with problems added, if they are none.
   *
   * @param row what aggregates see: the source's fields and columns
   * @param before what expressions see: the features before this one
   */
  static List<Feature> read(YamlMapping mapping, List<Field> row, FeatureScope before) {
    return new FeatureReader(mapping, row, before).read();
  }

  private List<Feature> read() {
    mapping.refuseOthers(KEYS, LATER);
    Optional<String> name = Names.read(mapping);
    if (mapping.has("aggregate") == mapping.has("expression")) {
      mapping
          .value()
          .problem(
              mapping.has("aggregate") ? "both 'aggregate' and 'expression'" : "no 'aggregate'",
              "either 'aggregate: …' over events or 'expression: …' over features");
      return List.of();
    }
    return mapping.has("aggregate") ? aggregates(name) : derived(name);
  }

  private List<Feature> aggregates(Optional<String> name) {
    Optional<AggregateCall> call =
        mapping.require("aggregate").flatMap(value -> AggregateCall.read(value, row));
    Optional<Expression> where =
        mapping.get("where").flatMap(value -> ExpressionReader.readCondition(value, row));
    Map<String, Window> windows = windows();
    boolean whereFailed = mapping.has("where") && where.isEmpty();
    if (name.isEmpty() || call.isEmpty() || whereFailed) {
      return List.of();
    }
    Optional<Object> defaultValue = defaultValue(call.get().type());
    if (mapping.has("default") && defaultValue.isEmpty()) {
      return List.of();
    }
    List<Feature> features = new ArrayList<>();
    windows.forEach(
        (suffix, window) ->
            features.add(
                aggregate(
                    name.get() + suffix,
                    call.get(),
                    where.orElse(null),
                    window,
                    defaultValue.orElse(null))));
    return features;
  }

  private Feature aggregate(
      String name,
      AggregateCall call,
      @Nullable Expression where,
      Window window,
      @Nullable Object defaultValue) {
    return new AggregateFeature(
        name,
        call.function(),
        call.input(),
        where,
        window,
        call.type(),
        defaultValue,
        description());
  }

  private List<Feature> derived(Optional<String> name) {
    for (String key : List.of("window", "windows", "where")) {
      mapping
          .get(key)
          .ifPresent(
              value ->
                  value.problem(
                      "'%s' beside 'expression'".formatted(key),
                      "it beside 'aggregate' only: an expression is over features"));
    }
    Optional<Expression> expression = mapping.require("expression").flatMap(this::expression);
    if (name.isEmpty() || expression.isEmpty()) {
      return List.of();
    }
    Optional<Object> defaultValue = defaultValue(expression.get().type());
    return List.of(
        new DerivedFeature(name.get(), expression.get(), defaultValue.orElse(null), description()));
  }

  private Optional<Expression> expression(YamlValue value) {
    return value.text().filter(before::dependsOnFailed).isPresent()
        ? Optional.empty()
        : ExpressionReader.read(value, before.fields());
  }

  /** The windows by the suffix that they give the name: empty for the one of {@code window}. */
  private Map<String, Window> windows() {
    if (mapping.has("window") == mapping.has("windows")) {
      mapping
          .value()
          .problem(
              mapping.has("window") ? "both 'window' and 'windows'" : "no 'window'",
              "'window: 7d', or 'windows: [7d, 30d]' for a feature of each");
      return Map.of();
    }
    Map<String, Window> windows = new LinkedHashMap<>();
    mapping.get("window").flatMap(WindowReader::read).ifPresent(window -> windows.put("", window));
    mapping.get("windows").ifPresent(value -> addAll(value, windows));
    return windows;
  }

  private static void addAll(YamlValue value, Map<String, Window> windows) {
    List<YamlValue> elements = value.asList();
    if (value.isList() && elements.isEmpty()) {
      value.problem("an empty list", "at least one window");
    }
    for (YamlValue element : elements) {
      Optional<Window> window = WindowReader.read(element);
      String suffix = "_" + window.flatMap(read -> element.text()).orElse("").strip();
      if (window.isPresent() && windows.put(suffix, window.get()) != null) {
        element.problem("%s a second time".formatted(element.describe()), "each window once");
      }
    }
    if (windows.size() < elements.size()) {
      windows.clear(); // A part of the features would blame those who use the others.
    }
  }

  private Optional<Object> defaultValue(ValueType type) {
    return mapping.get("default").flatMap(value -> DefaultValues.read(value, type));
  }

  private String description() {
    return mapping.text("description").orElse("");
  }
}
