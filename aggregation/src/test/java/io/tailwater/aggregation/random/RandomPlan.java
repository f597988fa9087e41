// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.random;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.WindowedAggregate;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random plans over every kind of window, function, parameter, category and type. */
public final class RandomPlan {
  private static final List<AggregateFunction> FUNCTIONS = List.of(AggregateFunction.values());
  private static final List<ValueType> TYPES =
      List.of(
          ValueType.INT64,
          ValueType.INT32,
          ValueType.DOUBLE,
          ValueType.DOUBLE,
          ValueType.FLOAT,
          ValueType.decimal(12, 2),
          ValueType.decimal(38, 0),
          ValueType.decimal(38, 20),
          ValueType.STRING,
          ValueType.TIMESTAMP,
          ValueType.BOOL,
          ValueType.BYTES);
  private static final String[] SHARES = {
    "0", "0.01", "0.25", "0.333", "0.5", "0.75", "0.9", "0.123456789", "0.999", "1", "1.0"
  };

  private final Random random;
  private final TimeScale scale;
  private final List<ValueType> columns = new ArrayList<>();
  private final List<Window> windows = new ArrayList<>();

  private RandomPlan(Random random, TimeScale scale) {
    this.random = random;
    this.scale = scale;
  }

  /** A plan whose lengths are of a scale. */
  public static AggregationPlan next(Random random, TimeScale scale) {
    return new RandomPlan(random, scale).next();
  }

  private AggregationPlan next() {
    for (int i = random.nextInt(4); i >= 0; i--) {
      columns.add(TYPES.get(random.nextInt(TYPES.size())));
    }
    if (random.nextBoolean()) {
      columns.add(random.nextInt(columns.size() + 1), ValueType.STRING);
    }
    for (int i = random.nextInt(3); i >= 0; i--) {
      windows.add(window());
    }
    List<WindowedAggregate> aggregates = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      aggregates.add(aggregate());
    }
    return new AggregationPlan(columns, aggregates);
  }

  private Window window() {
    long length = scale.length(random);
    return switch (random.nextInt(scale.hasCalendar() ? 8 : 5)) {
      case 0 -> Window.sliding(length);
      case 1 -> new Window.Sliding(length, scale.length(random), 1);
      case 2 -> new Window.Sliding(length, 0, scale.length(random));
      case 3 -> new Window.Sliding(length, scale.length(random), scale.length(random));
      case 4 -> new Window.Lifetime();
      default -> scale.calendar(random);
    };
  }

  private WindowedAggregate aggregate() {
    Window window = windows.get(random.nextInt(windows.size()));
    while (true) {
      AggregateFunction function = FUNCTIONS.get(random.nextInt(FUNCTIONS.size()));
      int column = random.nextInt(columns.size());
      if (function == AggregateFunction.COUNT_ALL) {
        int none = WindowedAggregate.NO_COLUMN;
        return new WindowedAggregate(function, null, none, none, window);
      }
      if (function.resultType(columns.get(column)).isPresent()) {
        return new WindowedAggregate(function, parameter(function), column, category(), window);
      }
    }
  }

  private BigDecimal parameter(AggregateFunction function) {
    return switch (function.parameter()) {
      case NONE -> null;
      case COUNT -> BigDecimal.valueOf(random.nextInt(10) == 0 ? 1000 : 1 + random.nextInt(5));
      case SHARE -> new BigDecimal(SHARES[random.nextInt(SHARES.length)]);
    };
  }

  private int category() {
    int column = random.nextInt(columns.size());
    return columns.get(column).equals(ValueType.STRING) ? column : WindowedAggregate.NO_COLUMN;
  }
}
