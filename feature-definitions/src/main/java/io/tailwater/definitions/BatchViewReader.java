// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.model.BatchFeatureView;
import io.tailwater.definitions.model.BatchTable;
import io.tailwater.definitions.model.ColumnFeature;
import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.Metadata;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code batch_feature_views}. */
final class BatchViewReader {
  private static final Set<String> KEYS = keys();
  private static final Pattern SELECT =
      Pattern.compile("\\s*(select|with)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private BatchViewReader() {}

  /** The view; empty, with problems added, if it is none. */
  static Optional<BatchFeatureView> read(YamlMapping mapping, Registry<Entity> entities) {
    mapping.refuseOthers(KEYS, Map.of());
    Optional<String> name = Names.read(mapping);
    Optional<Entity> entity =
        mapping.require("entity").flatMap(value -> EntityReferences.resolve(value, entities));
    List<BatchTable> tables =
        mapping.require("tables").map(BatchTableReader::read).orElse(List.of());
    Optional<String> query = mapping.require("query").flatMap(BatchViewReader::query);
    Optional<String> eventTimestamp =
        mapping
            .require("event_timestamp")
            .flatMap(value -> value.asText("the name of a column of the query"));
    mapping.require("features");
    Optional<Long> ttl = ttl(mapping);
    Metadata metadata = MetadataReader.read(mapping);
    if (entity.isEmpty()) {
      return Optional.empty();
    }
    FeatureScope scope = new FeatureScope(entity.get().joinKeys());
    List<Feature> features = features(mapping, scope);
    if (name.isEmpty()
        || tables.isEmpty()
        || query.isEmpty()
        || eventTimestamp.isEmpty()
        || scope.anyFailed()
        || features.stream().noneMatch(ColumnFeature.class::isInstance)) {
      return Optional.empty();
    }
    return Optional.of(
        new BatchFeatureView(
            name.get(),
            entity.get(),
            tables,
            query.get(),
            eventTimestamp.get(),
            features,
            ttl.orElse(null),
            metadata));
  }

  private static Optional<String> query(YamlValue value) {
    Optional<String> text = value.asText("a query in Flink SQL: SELECT …");
    if (text.isPresent() && !SELECT.matcher(text.get()).matches()) {
      value.problem(value.describe(), "a query in Flink SQL: SELECT …");
      return Optional.empty();
    }
    return text;
  }

  private static Optional<Long> ttl(YamlMapping mapping) {
    OptionalLong millis =
        mapping.get("ttl").map(ttl -> Durations.read(ttl, 1)).orElse(OptionalLong.empty());
    return millis.isPresent() ? Optional.of(millis.getAsLong()) : Optional.empty();
  }

  private static List<Feature> features(YamlMapping view, FeatureScope scope) {
    List<YamlValue> elements = view.get("features").map(YamlValue::asList).orElse(List.of());
    if (elements.isEmpty() && view.get("features").filter(YamlValue::isList).isPresent()) {
      view.value().problem("no features", "at least one feature");
    }
    for (YamlValue element : elements) {
      element
          .asMapping()
          .ifPresent(
              mapping -> scope.add(element, mapping, BatchFeatureReader.read(mapping, scope)));
    }
    scope.checkFormerNames();
    List<Feature> features = scope.features();
    if (!features.isEmpty() && features.stream().noneMatch(ColumnFeature.class::isInstance)) {
      view.value()
          .problem("features without any column of the query", "at least one with a 'type'");
    }
    return features;
  }

  private static Set<String> keys() {
    Set<String> keys =
        new HashSet<>(
            Set.of("name", "entity", "tables", "query", "event_timestamp", "features", "ttl"));
    keys.addAll(MetadataReader.KEYS);
    return Set.copyOf(keys);
  }
}
