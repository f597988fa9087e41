// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;

/** Which types a column of an offline table may get: those as which Iceberg reads older files. */
public final class Widening {
  private Widening() {}

  /** Whether a column of one type may become one of the other, or is already. */
  public static boolean isAllowed(ValueType from, ValueType to) {
    if (from.equals(to)) {
      return true;
    }
    return switch (to.kind()) {
      case INT64 -> from.kind() == ValueType.Kind.INT32;
      case DOUBLE -> from.kind() == ValueType.Kind.FLOAT;
      case DECIMAL ->
          from.kind() == ValueType.Kind.DECIMAL
              && from.scale() == to.scale()
              && from.precision() <= to.precision();
      case ARRAY, MAP -> from.kind() == to.kind() && isAllowed(element(from), element(to));
      case BOOL, INT32, FLOAT, STRING, BYTES, TIMESTAMP -> false;
    };
  }

  private static ValueType element(ValueType type) {
    return requireNonNull(type.element(), "element is null");
  }
}
