// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates of a window, by the names that definitions use. All but COUNT_ALL ignore nulls.
 */
public enum AggregateFunction {
  /** {@code count(*)}: the number of events. */
  COUNT_ALL("count", "count(*) takes no column"),
  /** {@code count(x)}: the number of events whose x is not null. */
  COUNT("count", "count(x) takes a column of any type"),
  /** {@code sum(x)}: the exact sum, for DOUBLE rounded once; null of an empty window. */
  SUM("sum", "sum(x) takes a number"),
  /** {@code avg(x)}: the sum divided by the count; null of an empty window. */
  AVG("avg", "avg(x) takes a number"),
  /** {@code min(x)}: the least value; null of an empty window. */
  MIN("min", "min(x) takes a number, a STRING or a TIMESTAMP"),
  /** {@code max(x)}: the greatest value; null of an empty window. */
  MAX("max", "max(x) takes a number, a STRING or a TIMESTAMP");

  private final String sqlName;
  private final String expectation;

  AggregateFunction(String sqlName, String expectation) {
    this.sqlName = sqlName;
    this.expectation = expectation;
  }

  /** The name in SQL and in definitions, in lower case. */
  public String sqlName() {
    return sqlName;
  }

  /** What the function takes, in words, for the message of a refused definition. */
  public String expectation() {
    return expectation;
  }

  /**
   * The function of an SQL name with one argument, in any case; empty if there is none. {@code
   * count(*)} is {@link #COUNT_ALL} and not found here.
   */
  public static Optional<AggregateFunction> ofColumn(String name) {
    requireNonNull(name, "name is null");
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "count" -> Optional.of(COUNT);
      case "sum" -> Optional.of(SUM);
      case "avg" -> Optional.of(AVG);
      case "min" -> Optional.of(MIN);
      case "max" -> Optional.of(MAX);
      default -> Optional.empty();
    };
  }

  /**
   * The type of the aggregate over a column of type {@code input}; empty if the function makes no
   * sense for it.
   *
   * @param input null for COUNT_ALL and only for it
   */
  public Optional<ValueType> resultType(@Nullable ValueType input) {
    if (this == COUNT_ALL) {
      return Optional.of(ValueType.INT64);
    }
    ValueType type = requireNonNull(input, "input is null");
    return switch (this) {
      case COUNT_ALL, COUNT -> Optional.of(ValueType.INT64);
      case SUM -> sumType(type);
      case AVG -> averageType(type);
      case MIN, MAX -> isOrdered(type) ? Optional.of(type) : Optional.empty();
    };
  }

  private static Optional<ValueType> sumType(ValueType input) {
    return switch (input.kind()) {
      case INT32, INT64 -> Optional.of(ValueType.INT64);
      case FLOAT, DOUBLE -> Optional.of(ValueType.DOUBLE);
      case DECIMAL -> Optional.of(ValueType.decimal(ValueType.MAX_PRECISION, input.scale()));
      case BOOL, STRING, BYTES, TIMESTAMP, ARRAY, MAP -> Optional.empty();
    };
  }

  private static Optional<ValueType> averageType(ValueType input) {
    return switch (input.kind()) {
      case INT32, INT64, FLOAT, DOUBLE -> Optional.of(ValueType.DOUBLE);
      case DECIMAL ->
          Optional.of(ValueType.decimal(ValueType.MAX_PRECISION, Math.max(input.scale(), 6)));
      case BOOL, STRING, BYTES, TIMESTAMP, ARRAY, MAP -> Optional.empty();
    };
  }

  private static boolean isOrdered(ValueType type) {
    return type.isNumeric()
        || type.kind() == ValueType.Kind.STRING
        || type.kind() == ValueType.Kind.TIMESTAMP;
  }
}
