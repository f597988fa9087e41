// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.JoinKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code entities}. */
final class EntityReader {
  private static final Set<String> KEYS = Set.of("name", "join_keys", "description");
  private static final Set<String> JOIN_KEY_KEYS = Set.of("name", "type");

  private EntityReader() {}

  /** The entity; empty, with problems added, if it is none. */
  static Optional<Entity> read(YamlMapping mapping) {
    mapping.refuseOthers(KEYS, Map.of());
    Optional<String> name = Names.read(mapping);
    Optional<List<JoinKey>> joinKeys = mapping.require("join_keys").flatMap(EntityReader::joinKeys);
    String description = mapping.text("description").orElse("");
    if (name.isEmpty() || joinKeys.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Entity(name.get(), joinKeys.get(), description));
  }

  private static Optional<List<JoinKey>> joinKeys(YamlValue value) {
    List<YamlValue> elements = value.asList();
    if (value.isList() && elements.isEmpty()) {
      value.problem("an empty list", "at least one join key");
    }
    List<JoinKey> joinKeys = new ArrayList<>();
    for (YamlValue element : elements) {
      Optional<JoinKey> joinKey = element.asMapping().flatMap(EntityReader::joinKey);
      joinKey.ifPresent(key -> addUnique(key, joinKeys, element));
    }
    boolean complete = !elements.isEmpty() && joinKeys.size() == elements.size();
    return complete ? Optional.of(joinKeys) : Optional.empty();
  }

  private static Optional<JoinKey> joinKey(YamlMapping mapping) {
    mapping.refuseOthers(JOIN_KEY_KEYS, Map.of());
    Optional<String> name = Names.read(mapping);
    return mapping
        .require("type")
        .flatMap(TypeNames::readKeyType)
        .flatMap(type -> name.map(text -> new JoinKey(text, type)));
  }

  private static void addUnique(JoinKey joinKey, List<JoinKey> joinKeys, YamlValue element) {
    if (joinKeys.stream().anyMatch(other -> other.name().equals(joinKey.name()))) {
      element.problem(
          "the join key '%s' a second time".formatted(joinKey.name()), "each name once");
    } else {
      joinKeys.add(joinKey);
    }
  }
}
