// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.expression.Suggestions;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.definitions.model.View;
import io.tailwater.definitions.model.ViewAlias;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a service's entry {@code {view: V, as: seller, keys: {customer_id: seller_id}}}: a view
 * under another name, read by keys of other names.
 */
final class AliasReader {
  private static final Set<String> KEYS = Set.of("view", "as", "keys", "features");

  private AliasReader() {}

  /** The alias; empty, with problems added, if it is none. */
  static Optional<ViewAlias> read(YamlMapping mapping, Registry<View> views) {
    mapping.refuseOthers(KEYS, Map.of());
    Optional<String> name =
        mapping
            .require("as")
            .flatMap(value -> Names.read(value).filter(as -> isFree(as, value, views)));
    Optional<YamlValue> place = mapping.require("view");
    Optional<View> view = place.flatMap(views::resolve);
    if (view.isEmpty() || place.isEmpty()) {
      return Optional.empty();
    }
    if (!(view.get() instanceof StoredView stored)) {
      place
          .get()
          .problem(
              "the on-demand view '%s'".formatted(view.get().name()),
              "a view of features that are stored");
      return Optional.empty();
    }
    Optional<Map<String, String>> keys =
        mapping.has("keys")
            ? mapping.get("keys").flatMap(YamlValue::asMapping).flatMap(of -> keys(of, stored))
            : Optional.of(Map.of());
    return keys.flatMap(known -> name.map(as -> new ViewAlias(as, stored, known)));
  }

  private static boolean isFree(String name, YamlValue value, Registry<View> views) {
    if (views.all().stream().anyMatch(view -> view.name().equals(name))) {
      value.problem("the name of the view '%s'".formatted(name), "a name that no view has");
      return false;
    }
    return true;
  }

  private static Optional<Map<String, String>> keys(YamlMapping mapping, StoredView view) {
    List<String> joinKeys = view.entity().joinKeys().stream().map(JoinKey::name).toList();
    Map<String, String> keys = new LinkedHashMap<>();
    mapping
        .fields()
        .forEach(
            (joinKey, value) -> {
              if (!joinKeys.contains(joinKey)) {
                value.problem(
                    "the unknown join key '%s' of '%s'".formatted(joinKey, view.name()),
                    "one of " + String.join(", ", joinKeys),
                    Suggestions.didYouMean(joinKey, joinKeys).orElse(null));
                return;
              }
              Names.read(value).ifPresent(name -> keys.put(joinKey, name));
            });
    List<String> called =
        joinKeys.stream().map(joinKey -> keys.getOrDefault(joinKey, joinKey)).toList();
    if (called.stream().distinct().count() != called.size()) {
      mapping.value().problem("two join keys of one name", "a name for each: " + called);
      return Optional.empty();
    }
    return keys.size() == mapping.fields().size() ? Optional.of(keys) : Optional.empty();
  }
}
