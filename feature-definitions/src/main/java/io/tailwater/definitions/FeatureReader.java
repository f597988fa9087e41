// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.model.DerivedFeature;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Feature;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one element of a view's {@code features}, which is one feature or, of windows, several. */
final class FeatureReader {
  private static final Set<String> KEYS = keys();
  private static final Map<String, String> LATER =
      Map.of("type", "no 'type': it follows from the aggregate or the expression");

  /** The name outside of quoted texts. */
  private static final Pattern REQUEST_TIME =
      Pattern.compile("(?:[^']|'[^']*')*?\\brequest_time\\b.*", Pattern.DOTALL);

  private final YamlMapping mapping;
  private final FeatureScope before;

  private FeatureReader(YamlMapping mapping, FeatureScope before) {
    this.mapping = mapping;
    this.before = before;
  }

  /**
   * The features; empty, with problems added, if they are none.
   *
   * @param before what expressions see: the features before this one
   */
  static List<? extends Feature> read(
      YamlMapping mapping, ViewDefaults defaults, FeatureScope before) {
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
    return mapping.has("aggregate")
        ? new AggregateReader(mapping, defaults).read(name)
        : new FeatureReader(mapping, before).derived(name);
  }

  private List<Feature> derived(Optional<String> name) {
    for (String key : AggregateReader.KEYS) {
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
    Optional<Object> defaultValue =
        mapping.get("default").flatMap(value -> DefaultValues.read(value, expression.get().type()));
    return List.of(
        new DerivedFeature(
            name.get(), expression.get(), defaultValue.orElse(null), MetadataReader.read(mapping)));
  }

  private Optional<Expression> expression(YamlValue value) {
    if (value.text().filter(REQUEST_TIME.asMatchPredicate()).isPresent()) {
      value.problem(
          "request_time, which this version does not support",
          "an expression over the view's features alone");
      return Optional.empty();
    }
    return value.text().filter(before::dependsOnFailed).isPresent()
        ? Optional.empty()
        : ExpressionReader.read(value, before.fields());
  }

  private static Set<String> keys() {
    Set<String> keys = new HashSet<>(Set.of("name", "aggregate", "expression", "default"));
    keys.addAll(AggregateReader.KEYS);
    keys.addAll(MetadataReader.KEYS);
    return Set.copyOf(keys);
  }
}
