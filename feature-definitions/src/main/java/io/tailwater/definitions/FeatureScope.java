// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The features of a view that are read so far, and what keeps their names apart. */
final class FeatureScope {
  private final List<JoinKey> joinKeys;
  private final List<Field> given;
  private final List<Feature> features = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();
  private final Set<String> sources = new LinkedHashSet<>();
  private final Map<Feature, YamlValue> renamed = new LinkedHashMap<>();

  /** The scope of a stored view: its expressions see its features and the time of the read. */
  FeatureScope(List<JoinKey> joinKeys) {
    this(joinKeys, List.of(Feature.REQUEST_TIME_FIELD));
  }

  /**
   * The scope of a view.
   *
   * @param joinKeys the columns that stand beside its features
   * @param given what expressions see beside the view's own features
   */
  FeatureScope(List<JoinKey> joinKeys, List<Field> given) {
    this.joinKeys = List.copyOf(joinKeys);
    this.given = List.copyOf(given);
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
      if (joinKeys.stream().anyMatch(key -> key.name().equals(feature.name()))) {
        element.problem(
            "a feature with the name of the join key '%s'".formatted(feature.name()),
            "another name: both are columns of one table");
      } else if (given.stream().anyMatch(field -> field.name().equals(feature.name()))) {
        element.problem(
            "a feature with the name of the input '%s'".formatted(feature.name()),
            "another name: expressions see both");
      } else if (features.stream().anyMatch(other -> other.name().equals(feature.name()))) {
        element.problem(
            "the feature '%s' a second time".formatted(feature.name()), "each name once");
      } else {
        features.add(feature);
        mapping.get("was").ifPresent(was -> renamed.put(feature, was));
      }
    }
  }

  /** Whether the expression names a feature that has problems of its own, which are known. */
  boolean dependsOnFailed(String expression) {
    return failed.stream()
        .map(name -> Pattern.compile("\\b" + Pattern.quote(name)))
        .anyMatch(name -> name.matcher(expression).find());
  }

  /**
   * Makes a problem of each former name that another feature has or had. To be called when all
   * features are added.
   */
  void checkFormerNames() {
    Set<String> formerNames = new HashSet<>();
    renamed.forEach(
        (feature, place) -> {
          String was = feature.was();
          if (was == null) {
            return;
          }
          if (features.stream().anyMatch(other -> other.name().equals(was))) {
            place.problem(
                "'%s' for '%s', which is a feature of this view".formatted(was, feature.name()),
                "a name that no feature of the view has any more");
          } else if (joinKeys.stream().anyMatch(key -> key.name().equals(was))) {
            place.problem(
                "'%s', which is a join key".formatted(was), "the former name of the feature");
          } else if (!formerNames.add(was)) {
            place.problem(
                "the former name '%s' a second time".formatted(was),
                "each once: a feature goes on under one name");
          }
        });
  }

  List<Feature> features() {
    return features;
  }

  /** Whether some feature has problems: who refers to it must not be blamed. */
  boolean anyFailed() {
    return !failed.isEmpty();
  }

  /** The sources that features name, those with problems too, in the order of naming. */
  Set<String> sources() {
    return sources;
  }

  /** What the next expression sees. */
  List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    features.forEach(feature -> fields.add(new Field(feature.name(), feature.type(), true)));
    fields.addAll(given);
    return fields;
  }

  /** Whether what uses these fields can only be computed when it is read. */
  boolean isReadTime(Collection<String> references) {
    return references.contains(Feature.REQUEST_TIME)
        || features.stream()
            .anyMatch(feature -> feature.isReadTime() && references.contains(feature.name()));
  }
}
