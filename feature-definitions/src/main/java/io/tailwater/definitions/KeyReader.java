// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.expression.Suggestions;
import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads a view's {@code keys}: which field of an event holds which join key. A text is for the
 * view's own source; fields under the name of a source are for that one. A key that is not mapped
 * is in the field of its own name.
 */
final class KeyReader {
  private final YamlValue view;
  private final Entity entity;
  private final EventSource own;

  /** The mapped keys by source and join key. */
  private final Map<String, Map<String, YamlValue>> mapped = new LinkedHashMap<>();

  private KeyReader(YamlValue view, Entity entity, EventSource own) {
    this.view = view;
    this.entity = entity;
    this.own = own;
  }

  /**
   * The view's keys as they stand there, none of them resolved.
   *
   * @param sources those of the view, its own first
   */
  static KeyReader of(YamlMapping view, Entity entity, List<EventSource> sources) {
    KeyReader reader = new KeyReader(view.value(), entity, sources.get(0));
    view.get("keys")
        .flatMap(YamlValue::asMapping)
        .ifPresent(
            keys -> keys.fields().forEach((name, value) -> reader.add(name, value, sources)));
    return reader;
  }

  /** The field of each join key, in order; shorter, with problems added, where there is none. */
  List<String> read(EventSource source) {
    List<Field> row = source.row();
    Map<String, YamlValue> keys = mapped.getOrDefault(source.name(), Map.of());
    List<String> fields = new ArrayList<>();
    for (JoinKey joinKey : entity.joinKeys()) {
      YamlValue place = keys.getOrDefault(joinKey.name(), view);
      Optional<Field> field =
          keys.containsKey(joinKey.name())
              ? FieldReader.resolve(place, row)
              : ownField(joinKey, source, row);
      field
          .filter(found -> fits(joinKey, found, source, place))
          .ifPresent(found -> fields.add(found.name()));
    }
    return fields;
  }

  private void add(String name, YamlValue value, List<EventSource> sources) {
    if (!value.isMapping()) {
      put(own.name(), name, value);
      return;
    }
    List<String> names = sources.stream().map(EventSource::name).toList();
    if (isJoinKey(name) && !names.contains(name)) {
      value.problem("fields", "the name of a field of '%s'".formatted(own.name()));
    } else if (!names.contains(name)) {
      value.problem(
          "keys of '%s', which is no source of the view".formatted(name),
          "keys of one of " + String.join(", ", names),
          Suggestions.didYouMean(name, names).orElse(null));
    } else {
      value
          .asMapping()
          .ifPresent(keys -> keys.fields().forEach((key, field) -> put(name, key, field)));
    }
  }

  private void put(String source, String joinKey, YamlValue field) {
    List<String> joinKeys = entity.joinKeys().stream().map(JoinKey::name).toList();
    if (!isJoinKey(joinKey)) {
      field.problem(
          "the unknown join key '%s'".formatted(joinKey),
          "one of " + String.join(", ", joinKeys),
          Suggestions.didYouMean(joinKey, joinKeys).orElse(null));
      return;
    }
    Map<String, YamlValue> keys = mapped.computeIfAbsent(source, added -> new LinkedHashMap<>());
    if (keys.putIfAbsent(joinKey, field) != null) {
      field.problem(
          "the join key '%s' of '%s' a second time".formatted(joinKey, source), "each once");
    }
  }

  private boolean isJoinKey(String name) {
    return entity.joinKeys().stream().anyMatch(key -> key.name().equals(name));
  }

  private Optional<Field> ownField(JoinKey joinKey, EventSource source, List<Field> row) {
    Optional<Field> found =
        row.stream().filter(field -> field.name().equals(joinKey.name())).findFirst();
    if (found.isEmpty()) {
      String mapping = "%s: …".formatted(joinKey.name());
      view.problem(
          "the source '%s' without the field '%s'".formatted(source.name(), joinKey.name()),
          "a field for the join key '%s'".formatted(joinKey.name()),
          "name it: 'keys: {%s}'; fields: %s"
              .formatted(
                  source.equals(own) ? mapping : "%s: {%s}".formatted(source.name(), mapping),
                  row.stream().map(Field::name).collect(Collectors.joining(", "))));
    }
    return found;
  }

  private static boolean fits(JoinKey joinKey, Field field, EventSource source, YamlValue place) {
    boolean widens = field.type().equals(ValueType.INT32) && joinKey.type().equals(ValueType.INT64);
    if (field.type().equals(joinKey.type()) || widens) {
      return true;
    }
    place.problem(
        "the field '%s' of '%s', which is %s".formatted(field.name(), source.name(), field.type()),
        "%s, the type of the join key '%s'".formatted(joinKey.type(), joinKey.name()));
    return false;
  }
}
