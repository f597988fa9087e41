// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.WindowedAggregate;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random plans, and hostile values for their columns. */
final class RandomPlan {
  private static final List<ValueType> TYPES =
      List.of(
          ValueType.INT64,
          ValueType.INT32,
          ValueType.DOUBLE,
          ValueType.FLOAT,
          ValueType.decimal(12, 2),
          ValueType.STRING,
          ValueType.TIMESTAMP,
          ValueType.BOOL);
  private static final List<AggregateFunction> FUNCTIONS =
      List.of(
          AggregateFunction.COUNT_ALL,
          AggregateFunction.COUNT,
          AggregateFunction.SUM,
          AggregateFunction.AVG,
          AggregateFunction.MIN,
          AggregateFunction.MAX);
  private static final String[] TEXTS = {"", "a", "b", "ü", "\uFFFD", "\uD83D\uDE00", "zz"};
  private static final double[] DOUBLES = {
    0.0, -0.0, 1e300, -1e300, 1e-300, Double.MIN_VALUE, 0.1, 0.2, 0.3, 1e16, 1.0, -1.0, 19.99
  };

  private RandomPlan() {}

  static AggregationPlan next(Random random, long longestWindow) {
    List<ValueType> columns = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      columns.add(TYPES.get(random.nextInt(TYPES.size())));
    }
    long[] windows = new long[1 + random.nextInt(3)];
    for (int i = 0; i < windows.length; i++) {
      windows[i] = 1L + random.nextInt((int) longestWindow);
    }
    List<WindowedAggregate> aggregates = new ArrayList<>();
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      aggregates.add(aggregate(random, columns, windows[random.nextInt(windows.length)]));
    }
    return new AggregationPlan(columns, aggregates);
  }

  private static WindowedAggregate aggregate(Random random, List<ValueType> columns, long window) {
    while (true) {
      AggregateFunction function = FUNCTIONS.get(random.nextInt(FUNCTIONS.size()));
      if (function == AggregateFunction.COUNT_ALL) {
        return WindowedAggregate.sliding(function, WindowedAggregate.NO_COLUMN, window);
      }
      int column = random.nextInt(columns.size());
      if (function.resultType(columns.get(column)).isPresent()) {
        return WindowedAggregate.sliding(function, column, window);
      }
    }
  }

  static Object[] values(Random random, AggregationPlan plan) {
    return plan.columns().stream().map(type -> value(random, type)).toArray();
  }

  private static Object value(Random random, ValueType type) {
    if (random.nextInt(8) == 0) {
      return null;
    }
    return switch (type.kind()) {
      case INT64 -> random.nextInt(20) == 0 ? Long.MAX_VALUE : (long) random.nextInt(100) - 50;
      case INT32 -> random.nextInt(100) - 50;
      case DOUBLE ->
          random.nextBoolean()
              ? DOUBLES[random.nextInt(DOUBLES.length)]
              : random.nextInt(10_000) / 100.0;
      case FLOAT -> random.nextInt(1000) / 8f;
      case DECIMAL -> new BigDecimal(BigInteger.valueOf(random.nextInt(100_000) - 50_000L), 2);
      case STRING -> TEXTS[random.nextInt(TEXTS.length)];
      case TIMESTAMP -> (long) random.nextInt(1000);
      case BOOL -> random.nextBoolean();
      case BYTES, ARRAY, MAP -> throw new IllegalArgumentException(type.toString());
    };
  }
}
