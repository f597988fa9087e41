// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.oracle;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Aggregates of a list of values, none of them null: null where the result is. */
final class NaiveAggregates {
  private NaiveAggregates() {}

  /** Of a column; {@code count(*)} has none and is not computed here. */
  static Object of(AggregateFunction function, ValueType type, List<Object> values) {
    if (function == AggregateFunction.COUNT) {
      return (long) values.size();
    }
    if (values.isEmpty()) {
      return null;
    }
    return switch (function) {
      case SUM -> sum(type, values);
      case AVG -> average(type, values);
      case MIN -> Collections.min(values, order(type));
      case MAX -> Collections.max(values, order(type));
      default -> throw new IllegalArgumentException(function + " of values");
    };
  }

  private static Object sum(ValueType type, List<Object> values) {
    BigDecimal exact = exactSum(values);
    return switch (type.kind()) {
      case INT32, INT64 -> {
        BigInteger sum = exact.toBigIntegerExact();
        yield sum.bitLength() < Long.SIZE ? sum.longValueExact() : null;
      }
      case FLOAT, DOUBLE -> finite(exact.doubleValue());
      case DECIMAL -> atMost38Digits(exact.setScale(type.scale()));
      case BOOL, STRING, BYTES, TIMESTAMP, ARRAY, MAP ->
          throw new IllegalArgumentException("sum of " + type);
    };
  }

  private static Object average(ValueType type, List<Object> values) {
    BigDecimal exact = exactSum(values);
    if (type.kind() == ValueType.Kind.DECIMAL) {
      BigDecimal count = BigDecimal.valueOf(values.size());
      return atMost38Digits(exact.divide(count, Math.max(type.scale(), 6), RoundingMode.HALF_UP));
    }
    return finite(exact.doubleValue() / values.size());
  }

  private static BigDecimal exactSum(List<Object> values) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Object value : values) {
      sum = sum.add(exact(value));
    }
    return sum;
  }

  private static BigDecimal exact(Object number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    if (number instanceof Double || number instanceof Float) {
      return new BigDecimal(((Number) number).doubleValue());
    }
    return BigDecimal.valueOf(((Number) number).longValue());
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }

  private static BigDecimal atMost38Digits(BigDecimal value) {
    return value.precision() > 38 ? null : value;
  }

  private static Comparator<Object> order(ValueType type) {
    return switch (type.kind()) {
      case INT32 -> Comparator.comparing(Integer.class::cast);
      case INT64, TIMESTAMP -> Comparator.comparing(Long.class::cast);
      case FLOAT -> Comparator.comparing(Float.class::cast);
      case DOUBLE -> Comparator.comparing(Double.class::cast);
      case DECIMAL -> Comparator.comparing(BigDecimal.class::cast);
      case STRING ->
          (left, right) -> Arrays.compare(codePoints((String) left), codePoints((String) right));
      case BOOL, BYTES, ARRAY, MAP -> throw new IllegalArgumentException("order of " + type);
    };
  }

  private static int[] codePoints(String text) {
    return text.codePoints().toArray();
  }
}
