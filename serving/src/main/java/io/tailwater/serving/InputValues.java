// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.expression.Suggestions;
import io.tailwater.definitions.model.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Java callers bring, as values of the types' own Java classes. Immutable. */
final class InputValues {
  private final List<Field> inputs;
  private final Set<String> names;

  /**
   * @param inputs what a row holds, in order
   */
  InputValues(List<Field> inputs) {
    this.inputs = inputs;
    this.names = new LinkedHashSet<>();
    inputs.forEach(input -> names.add(input.name()));
  }

  // NullAway: the elements of the row may be null.
  @SuppressWarnings("NullAway")
  Object[] row(Map<String, ?> given) {
    refuseOthers(given);
    Object[] row = new Object[inputs.size()];
    for (int i = 0; i < row.length; i++) {
      Field input = inputs.get(i);
      if (!given.containsKey(input.name())) {
        throw new IllegalArgumentException(
            "found no '%s' in %s, expected a value of %s"
                .formatted(input.name(), given.keySet(), input.type()));
      }
      Object value = given.get(input.name());
      row[i] = value == null ? null : convert(input, value);
    }
    return row;
  }

  private void refuseOthers(Map<String, ?> given) {
    for (String name : given.keySet()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "found '%s', which no feature that is asked for needs, expected %s%s"
                .formatted(
                    name,
                    names.isEmpty() ? "nothing" : String.join(", ", names),
                    Suggestions.didYouMean(name, names).map(" (%s)"::formatted).orElse("")));
      }
    }
  }

  private static Object convert(Field input, Object value) {
    Object converted = converted(input.type(), value);
    if (converted == null) {
      throw new IllegalArgumentException(
          "found %s %s for '%s', expected %s"
              .formatted(value.getClass().getSimpleName(), value, input.name(), input.type()));
    }
    return converted;
  }

  private static @Nullable Object converted(ValueType type, Object value) {
    return switch (type.kind()) {
      case BOOL -> value instanceof Boolean ? value : null;
      case INT32 -> value instanceof Integer ? value : null;
      case INT64 -> integer(value);
      case FLOAT -> value instanceof Float number && Float.isFinite(number) ? number + 0.0f : null;
      case DOUBLE -> floating(value);
      case DECIMAL ->
          value instanceof BigDecimal number
                  && number.scale() == type.scale()
                  && number.precision() <= type.precision()
              ? value
              : null;
      case STRING -> value instanceof String ? value : null;
      case BYTES -> value instanceof byte[] ? value : null;
      case TIMESTAMP -> value instanceof Instant at ? (Object) at.toEpochMilli() : integer(value);
      case ARRAY, MAP -> null;
    };
  }

  private static @Nullable Object integer(Object value) {
    if (value instanceof Integer number) {
      return number.longValue();
    }
    return value instanceof Long ? value : null;
  }

  private static @Nullable Object floating(Object value) {
    boolean number =
        value instanceof Double
            || value instanceof Float
            || value instanceof Integer
            || value instanceof Long;
    double converted = number ? ((Number) value).doubleValue() + 0.0 : Double.NaN;
    return Double.isFinite(converted) ? (Object) converted : null;
  }
}
