// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a view's {@code keys}: which field of an event holds which join key. */
final class KeyReader {
  private KeyReader() {}

  /**
   * The field of each join key, in order; shorter, with problems added, where there is none. A key
   * that is not mapped is in the field of its own name.
   */
  static List<String> read(YamlMapping view, Entity entity, List<Field> row) {
    Optional<YamlMapping> keys = view.get("keys").flatMap(YamlValue::asMapping);
    keys.ifPresent(mapping -> mapping.refuseOthers(names(entity), Map.of()));
    List<String> fields = new ArrayList<>();
    for (JoinKey joinKey : entity.joinKeys()) {
      YamlValue place = keys.flatMap(mapping -> mapping.get(joinKey.name())).orElse(view.value());
      boolean mapped = keys.isPresent() && keys.get().has(joinKey.name());
      Optional<Field> field =
          mapped ? FieldReader.resolve(place, row) : ownField(joinKey, place, row);
      field
          .filter(found -> fits(joinKey, found, place))
          .ifPresent(found -> fields.add(found.name()));
    }
    return fields;
  }

  private static Optional<Field> ownField(JoinKey joinKey, YamlValue view, List<Field> row) {
    Optional<Field> own =
        row.stream().filter(field -> field.name().equals(joinKey.name())).findFirst();
    if (own.isEmpty()) {
      view.problem(
          "a source without the field '%s'".formatted(joinKey.name()),
          "a field for the join key '%s'".formatted(joinKey.name()),
          "name it: 'keys: {%s: …}'; fields: %s"
              .formatted(
                  joinKey.name(), row.stream().map(Field::name).collect(Collectors.joining(", "))));
    }
    return own;
  }

  private static boolean fits(JoinKey joinKey, Field field, YamlValue place) {
    boolean widens = field.type().equals(ValueType.INT32) && joinKey.type().equals(ValueType.INT64);
    if (field.type().equals(joinKey.type()) || widens) {
      return true;
    }
    place.problem(
        "the field '%s', which is %s".formatted(field.name(), field.type()),
        "%s, the type of the join key '%s'".formatted(joinKey.type(), joinKey.name()));
    return false;
  }

  private static Set<String> names(Entity entity) {
    return entity.joinKeys().stream().map(JoinKey::name).collect(Collectors.toSet());
  }
}
