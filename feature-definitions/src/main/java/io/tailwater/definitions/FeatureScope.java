// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.Field;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The features of a view that are read so far, and what keeps their names apart. */
final class FeatureScope {
  private final Entity entity;
  private final List<Feature> features = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();
  private final Set<String> sources = new LinkedHashSet<>();

  FeatureScope(Entity entity) {
    this.entity = entity;
  }

  /**
   * Adds what an element of {@code features} gave.
   *
   * @param added empty if the element has problems
   */
  void add(YamlValue element, YamlMapping mapping, List<? extends Feature> added) {
    mapping.get("source").flatMap(YamlValue::text).ifPresent(sources::add);
    if (added.isEmpty()) {
      mapping.get("name").flatMap(YamlValue::text).ifPresent(failed::add);
    }
    for (Feature feature : added) {
      if (entity.joinKeys().stream().anyMatch(key -> key.name().equals(feature.name()))) {
        element.problem(
            "a feature with the name of the join key '%s'".formatted(feature.name()),
            "another name: both are columns of one table");
      } else if (features.stream().anyMatch(other -> other.name().equals(feature.name()))) {
        element.problem(
            "the feature '%s' a second time".formatted(feature.name()), "each name once");
      } else {
        features.add(feature);
      }
    }
  }

  /** Whether the expression names a feature that has problems of its own, which are known. */
  boolean dependsOnFailed(String expression) {
    return failed.stream()
        .map(name -> Pattern.compile("\\b" + Pattern.quote(name)))
        .anyMatch(name -> name.matcher(expression).find());
  }

  List<Feature> features() {
    return features;
  }

  /** The sources that features name, those with problems too, in the order of naming. */
  Set<String> sources() {
    return sources;
  }

  /** What the next expression sees. */
  List<Field> fields() {
    return features.stream()
        .map(feature -> new Field(feature.name(), feature.type(), true))
        .toList();
  }
}
