// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.expression.Suggestions;
import io.tailwater.definitions.model.Field;
import java.util.List;
import java.util.Optional;

/** Resolves names of fields. */
final class FieldReader {
  private FieldReader() {}

  /**
   * The field of {@code row} that the value names; empty, with a problem added, if there is none.
   */
  static Optional<Field> resolve(YamlValue value, List<Field> row) {
    return value.asText("the name of a field").flatMap(name -> resolve(name, value, row));
  }

  /** The field of that name; empty, with a problem added at {@code value}, if there is none. */
  static Optional<Field> resolve(String name, YamlValue value, List<Field> row) {
    Optional<Field> found = row.stream().filter(field -> field.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      List<String> names = row.stream().map(Field::name).toList();
      value.problem(
          "the unknown field '%s'".formatted(name),
          "one of " + String.join(", ", names),
          Suggestions.didYouMean(name, names).orElse(null));
    }
    return found;
  }
}
