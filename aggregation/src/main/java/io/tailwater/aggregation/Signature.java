// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation;

import java.util.Optional;

/** What an aggregate takes and what comes out of it. */
enum Signature {
  /** No column. */
  EVENTS_TO_COUNT("no column"),
  /** Anything. */
  ANY_TO_COUNT("a column of any type"),
  /** Values that can be told apart and put in order. */
  SCALARS_TO_COUNT(Signature.SCALARS),
  /** One of the values. */
  SCALARS_TO_ONE(Signature.SCALARS),
  /** Some of the values. */
  SCALARS_TO_SOME(Signature.SCALARS),
  /** One of the values, of types whose order means something. */
  ORDERED_TO_ONE("a number, a STRING or a TIMESTAMP"),
  /** Numbers to the type that sums have. */
  NUMBERS_TO_SUM(Signature.NUMBERS),
  /** Numbers to the type that averages have. */
  NUMBERS_TO_AVERAGE(Signature.NUMBERS),
  /** Numbers to DOUBLE. */
  NUMBERS_TO_DOUBLE(Signature.NUMBERS),
  /** Truth values. */
  BOOLS_TO_ONE("a BOOL");

  private static final String SCALARS = "a number, a STRING, a BOOL or a TIMESTAMP";
  private static final String NUMBERS = "a number";

  /** Decimal digits of an average behind the point, at least. */
  private static final int AVERAGE_SCALE = 6;

  private final String input;

  Signature(String input) {
    this.input = input;
  }

  /** What is taken, in words. */
  String input() {
    return input;
  }

  /** The type of the result; empty if the input's makes no sense. */
  Optional<ValueType> result(ValueType type) {
    return switch (this) {
      case EVENTS_TO_COUNT, ANY_TO_COUNT -> Optional.of(ValueType.INT64);
      case SCALARS_TO_COUNT -> when(isScalar(type), ValueType.INT64);
      case SCALARS_TO_ONE -> when(isScalar(type), type);
      case SCALARS_TO_SOME -> when(isScalar(type), ValueType.arrayOf(type));
      case ORDERED_TO_ONE -> when(isScalar(type) && type.kind() != ValueType.Kind.BOOL, type);
      case NUMBERS_TO_SUM -> when(type.isNumeric(), sum(type));
      case NUMBERS_TO_AVERAGE -> when(type.isNumeric(), average(type));
      case NUMBERS_TO_DOUBLE -> when(type.isNumeric(), ValueType.DOUBLE);
      case BOOLS_TO_ONE -> when(type.kind() == ValueType.Kind.BOOL, ValueType.BOOL);
    };
  }

  private static Optional<ValueType> when(boolean fits, ValueType type) {
    return fits ? Optional.of(type) : Optional.empty();
  }

  private static boolean isScalar(ValueType type) {
    return switch (type.kind()) {
      case BOOL, INT32, INT64, FLOAT, DOUBLE, DECIMAL, STRING, TIMESTAMP -> true;
      case BYTES, ARRAY, MAP -> false;
    };
  }

  private static ValueType sum(ValueType type) {
    return switch (type.kind()) {
      case INT32, INT64 -> ValueType.INT64;
      case DECIMAL -> ValueType.decimal(ValueType.MAX_PRECISION, type.scale());
      default -> ValueType.DOUBLE;
    };
  }

  private static ValueType average(ValueType type) {
    return type.kind() == ValueType.Kind.DECIMAL
        ? ValueType.decimal(ValueType.MAX_PRECISION, Math.max(type.scale(), AVERAGE_SCALE))
        : ValueType.DOUBLE;
  }
}
