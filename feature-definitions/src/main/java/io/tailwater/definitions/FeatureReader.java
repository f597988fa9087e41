// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.model.Feature;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one element of a view's {@code features}, which is one feature or, of windows, several. */
final class FeatureReader {
  private static final Set<String> KEYS = keys();
  private static final Map<String, String> LATER =
      Map.of("type", "no 'type': it follows from the aggregate or the expression");

  private FeatureReader() {}

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
    if (mapping.has("aggregate")) {
      return new AggregateReader(mapping, defaults).read(name);
    }
    for (String key : AggregateReader.KEYS) {
      mapping
          .get(key)
          .ifPresent(
              value ->
                  value.problem(
                      "'%s' beside 'expression'".formatted(key),
                      "it beside 'aggregate' only: an expression is over features"));
    }
    return DerivedReader.read(mapping, name, before);
  }

  private static Set<String> keys() {
    Set<String> keys = new HashSet<>(Set.of("name", "was", "aggregate", "expression", "default"));
    keys.addAll(AggregateReader.KEYS);
    keys.addAll(MetadataReader.KEYS);
    return Set.copyOf(keys);
  }
}
