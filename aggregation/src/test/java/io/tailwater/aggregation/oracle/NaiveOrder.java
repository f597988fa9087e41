// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.oracle;

import io.tailwater.aggregation.ValueType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;

/** The order of a type's values: numbers by value, strings by code point, FALSE before TRUE. */
final class NaiveOrder {
  private NaiveOrder() {}

  static Comparator<Object> of(ValueType type) {
    return switch (type.kind()) {
      case INT32 -> Comparator.comparing(Integer.class::cast);
      case INT64, TIMESTAMP -> Comparator.comparing(Long.class::cast);
      case FLOAT -> Comparator.comparing(Float.class::cast);
      case DOUBLE -> Comparator.comparing(Double.class::cast);
      case DECIMAL -> Comparator.comparing(BigDecimal.class::cast);
      case BOOL -> Comparator.comparing(Boolean.class::cast);
      case STRING ->
          (left, right) -> Arrays.compare(codePoints((String) left), codePoints((String) right));
      case BYTES, ARRAY, MAP -> throw new IllegalArgumentException("order of " + type);
    };
  }

  private static int[] codePoints(String text) {
    return text.codePoints().toArray();
  }
}
