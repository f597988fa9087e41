// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code feature_views}. */
final class ViewReader {
  private static final Set<String> KEYS =
      Set.of(
          "name", "entity", "source", "keys", "where", "features", "description", "tags", "owner");
  private static final Map<String, String> LATER =
      Map.of(
          "ttl", "no 'ttl': a value is good until the next step of its windows",
          "expiry", "exact expiry, which is the default",
          "unbounded_state", "sliding windows, whose state is bounded");

  private final YamlMapping mapping;
  private final Registry<Entity> entities;
  private final Registry<EventSource> sources;

  private ViewReader(
      YamlMapping mapping, Registry<Entity> entities, Registry<EventSource> sources) {
    this.mapping = mapping;
    this.entities = entities;
    this.sources = sources;
  }

  /** The view; empty, with problems added, if it is none. */
  static Optional<FeatureView> read(
      YamlMapping mapping, Registry<Entity> entities, Registry<EventSource> sources) {
    return new ViewReader(mapping, entities, sources).read();
  }

  private Optional<FeatureView> read() {
    mapping.refuseOthers(KEYS, LATER);
    Optional<String> name = Names.read(mapping);
    Optional<Entity> entity = mapping.require("entity").flatMap(this::entity);
    Optional<EventSource> source = mapping.require("source").flatMap(sources::resolve);
    mapping.require("features");
    Map<String, String> tags = tags();
    Optional<String> owner = mapping.text("owner");
    String description = mapping.text("description").orElse("");
    if (entity.isEmpty() || source.isEmpty()) {
      return Optional.empty();
    }
    List<Field> row = source.get().row();
    List<String> keyFields = KeyReader.read(mapping, entity.get(), row);
    Optional<Expression> where =
        mapping.get("where").flatMap(value -> ExpressionReader.readCondition(value, row));
    List<Feature> features = features(entity.get(), row);
    boolean keyed = keyFields.size() == entity.get().joinKeys().size();
    if (name.isEmpty() || !keyed || features.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new FeatureView(
            name.get(),
            entity.get(),
            source.get(),
            keyFields,
            where.orElse(null),
            features,
            description,
            tags,
            owner.orElse(null)));
  }

  /** One entity, or the pair that a list names: its join keys are those of both. */
  private Optional<Entity> entity(YamlValue value) {
    if (!value.isList()) {
      return entities.resolve(value);
    }
    List<YamlValue> references = value.asList();
    if (references.isEmpty()) {
      value.problem("an empty list", "at least one entity");
    }
    List<Entity> parts =
        references.stream().flatMap(element -> entities.resolve(element).stream()).toList();
    if (parts.isEmpty() || parts.size() != references.size()) {
      return Optional.empty();
    }
    List<JoinKey> joinKeys = parts.stream().flatMap(part -> part.joinKeys().stream()).toList();
    if (joinKeys.stream().map(JoinKey::name).distinct().count() != joinKeys.size()) {
      value.problem("entities that share a join key", "entities whose join keys differ");
      return Optional.empty();
    }
    String name = parts.stream().map(Entity::name).collect(Collectors.joining("_"));
    return Optional.of(new Entity(name, joinKeys, ""));
  }

  private List<Feature> features(Entity entity, List<Field> row) {
    List<YamlValue> elements = mapping.get("features").map(YamlValue::asList).orElse(List.of());
    if (elements.isEmpty() && mapping.get("features").filter(YamlValue::isList).isPresent()) {
      mapping.value().problem("no features", "at least one feature");
    }
    FeatureScope scope = new FeatureScope(entity);
    for (YamlValue element : elements) {
      element
          .asMapping()
          .ifPresent(
              mapping -> scope.add(element, mapping, FeatureReader.read(mapping, row, scope)));
    }
    List<Feature> features = scope.features();
    if (!features.isEmpty() && features.stream().noneMatch(AggregateFeature.class::isInstance)) {
      mapping.value().problem("features without any 'aggregate'", "at least one aggregate");
    }
    return features;
  }

  private Map<String, String> tags() {
    Map<String, String> tags = new LinkedHashMap<>();
    mapping
        .get("tags")
        .flatMap(YamlValue::asMapping)
        .ifPresent(
            fields ->
                fields
                    .fields()
                    .forEach(
                        (tag, value) -> value.asText().ifPresent(text -> tags.put(tag, text))));
    return tags;
  }
}
