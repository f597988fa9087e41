// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.JoinKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Resolves a view's {@code entity}. */
final class EntityReferences {
  private EntityReferences() {}

  /**
   * One entity, or the pair that a list names: its join keys are those of both. Empty, with
   * problems added, if it is none.
   */
  static Optional<Entity> resolve(YamlValue value, Registry<Entity> entities) {
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
}
