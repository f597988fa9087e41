// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.ColumnFeature;
import io.tailwater.definitions.model.Feature;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one element of a batch view's {@code features}. */
final class BatchFeatureReader {
  private static final Set<String> KEYS = keys();

  private BatchFeatureReader() {}

  /**
   * The feature; empty, with problems added, if it is none.
   *
   * @param before what expressions see: the features before this one
   */
  static List<? extends Feature> read(YamlMapping mapping, FeatureScope before) {
    if (mapping.has("aggregate")) {
      mapping
          .get("aggregate")
          .ifPresent(
              value ->
                  value.problem(
                      "an 'aggregate' in a batch view",
                      "the aggregate in the query, and here its column: 'type: …'"));
      return List.of();
    }
    mapping.refuseOthers(KEYS, Map.of());
    Optional<String> name = Names.read(mapping);
    if (mapping.has("expression")) {
      return DerivedReader.read(mapping, name, before);
    }
    if (!mapping.has("type")) {
      mapping
          .value()
          .problem(
              "no 'type'",
              "either 'type: …', for a column of the query, or 'expression: …' over features");
      return List.of();
    }
    return column(mapping, name);
  }

  private static List<Feature> column(YamlMapping mapping, Optional<String> name) {
    Optional<ValueType> type = mapping.get("type").flatMap(TypeNames::read);
    if (name.isEmpty() || type.isEmpty()) {
      return List.of();
    }
    Optional<Object> defaultValue =
        mapping.get("default").flatMap(value -> DefaultValues.read(value, type.get()));
    return List.of(
        new ColumnFeature(
            name.get(),
            type.get(),
            defaultValue.orElse(null),
            MetadataReader.read(mapping),
            WasReader.read(mapping).orElse(null)));
  }

  private static Set<String> keys() {
    Set<String> keys = new HashSet<>(Set.of("name", "was", "type", "expression", "default"));
    keys.addAll(MetadataReader.KEYS);
    return Set.copyOf(keys);
  }
}
