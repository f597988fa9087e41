// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Field;
import java.util.List;
import java.util.Optional;

/** Reads {@code by}: the expression whose values are the keys of a map. */
final class CategoryReader {
  private CategoryReader() {}

  /** The category as a STRING; empty, with a problem added, if it is none. */
  static Optional<Expression> read(YamlValue value, List<Field> row) {
    Optional<Expression> category = ExpressionReader.read(value, row);
    if (category.isEmpty()) {
      return category;
    }
    return switch (category.get().type().kind()) {
      case STRING -> category;
      case BOOL, INT32, INT64 ->
          Optional.of(
              new Expression(
                  "CAST(%s AS VARCHAR)".formatted(category.get().sql()), ValueType.STRING));
      case FLOAT, DOUBLE, DECIMAL, BYTES, TIMESTAMP, ARRAY, MAP -> {
        value.problem(
            "%s, which is %s".formatted(value.describe(), category.get().type()),
            "a category: a STRING, an INT32, an INT64 or a BOOL");
        yield Optional.empty();
      }
    };
  }
}
