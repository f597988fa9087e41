// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.expression.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Definitions of one kind by name. A definition with problems of its own is known by name too, so
 * that nobody who refers to it is blamed.
 */
final class Registry<T> {
  private final String kind;
  private final Map<String, Optional<T>> definitions = new LinkedHashMap<>();

  /**
   * Creates an empty registry.
   *
   * @param kind what is registered, for messages
   */
  Registry(String kind) {
    this.kind = kind;
  }

  /**
   * Adds a definition.
   *
   * @param name where the name stands
   * @param definition null if it has problems
   */
  void add(YamlValue name, @Nullable T definition) {
    String text = name.text().orElse("");
    if (definitions.containsKey(text)) {
      name.problem("the %s '%s' a second time".formatted(kind, text), "each name once");
      return;
    }
    definitions.put(text, Optional.ofNullable(definition));
  }

  /**
   * The definition that the value names; empty if it has problems, or, which is one more, if there
   * is none.
   */
  Optional<T> resolve(YamlValue reference) {
    return reference
        .asText("the name of one %s".formatted(kind))
        .flatMap(name -> resolve(name, reference));
  }

  /** The same of a name that is a part of the value. */
  Optional<T> resolve(String name, YamlValue reference) {
    if (!definitions.containsKey(name)) {
      reference.problem(
          "the unknown %s '%s'".formatted(kind, name),
          definitions.isEmpty()
              ? "the name of a definition; there is no %s".formatted(kind)
              : "one of " + String.join(", ", definitions.keySet()),
          Suggestions.didYouMean(name, definitions.keySet()).orElse(null));
    }
    return definitions.getOrDefault(name, Optional.empty());
  }

  /** The definition of that name, if it is there and has no problems. */
  Optional<T> find(String name) {
    return definitions.getOrDefault(name, Optional.empty());
  }

  /** The definitions without problems, in order. */
  List<T> all() {
    List<T> all = new ArrayList<>();
    definitions.values().forEach(definition -> definition.ifPresent(all::add));
    return all;
  }
}
