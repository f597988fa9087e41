// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.oracle;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.ValueType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Aggregates of a list of values, none of them null: null where the result is. */
final class NaiveAggregates {
  private static final BigDecimal HALF = new BigDecimal("0.5");

  private final ValueType type;

  /** As the events come. */
  private final List<Object> values;

  private NaiveAggregates(ValueType type, List<Object> values) {
    this.type = type;
    this.values = values;
  }

  /**
   * Of a column; {@code count(*)} has none and is not computed here.
   *
   * @param parameter n, k or p; null where the function takes nothing
   * @param values in the order of their events
   */
  static Object of(
      AggregateFunction function, BigDecimal parameter, ValueType type, List<Object> values) {
    NaiveAggregates aggregates = new NaiveAggregates(type, values);
    return switch (function) {
      case COUNT -> (long) values.size();
      case COUNT_DISTINCT -> (long) aggregates.frequencies().size();
      case APPROX_COUNT_DISTINCT -> NaiveSketches.countDistinct(values);
      default -> values.isEmpty() ? null : aggregates.ofSome(function, parameter);
    };
  }

  private Object ofSome(AggregateFunction function, BigDecimal parameter) {
    return switch (function) {
      case SUM -> NaiveNumbers.sum(type, values);
      case AVG -> NaiveNumbers.average(type, values);
      case MIN -> sorted().get(0);
      case MAX -> sorted().get(values.size() - 1);
      case VAR_POP -> NaiveNumbers.variance(values, 0);
      case VAR_SAMP -> NaiveNumbers.variance(values, 1);
      case STDDEV_POP -> NaiveNumbers.deviation(values, 0);
      case STDDEV_SAMP -> NaiveNumbers.deviation(values, 1);
      case FIRST -> values.get(0);
      case LAST -> newestFirst().get(0);
      case FIRST_N -> atMost(parameter, values);
      case LAST_N -> atMost(parameter, newestFirst());
      case LAST_DISTINCT_N ->
          atMost(parameter, new ArrayList<>(new LinkedHashSet<>(newestFirst())));
      case MODE -> mostFrequentFirst().get(0);
      case TOP_K -> atMost(parameter, mostFrequentFirst());
      case MEDIAN -> NaiveNumbers.percentile(type, sorted(), HALF);
      case PERCENTILE -> NaiveNumbers.percentile(type, sorted(), parameter);
      case APPROX_PERCENTILE -> NaiveSketches.percentile(sorted(), parameter);
      case ANY -> values.contains(true);
      case ALL -> !values.contains(false);
      case COUNT_ALL, COUNT, COUNT_DISTINCT, APPROX_COUNT_DISTINCT ->
          throw new IllegalArgumentException(function + " of some values");
    };
  }

  private List<Object> sorted() {
    List<Object> sorted = new ArrayList<>(values);
    sorted.sort(NaiveOrder.of(type));
    return sorted;
  }

  private List<Object> newestFirst() {
    List<Object> reversed = new ArrayList<>(values);
    Collections.reverse(reversed);
    return reversed;
  }

  /** How often there is each value, in the order of values. */
  private Map<Object, Integer> frequencies() {
    Map<Object, Integer> frequencies = new TreeMap<>(NaiveOrder.of(type));
    values.forEach(value -> frequencies.merge(value, 1, Integer::sum));
    return frequencies;
  }

  private List<Object> mostFrequentFirst() {
    Map<Object, Integer> frequencies = frequencies();
    List<Object> distinct = new ArrayList<>(frequencies.keySet());
    // Stable: of equally frequent ones the lesser stays first.
    distinct.sort(Comparator.comparing(frequencies::get, Comparator.reverseOrder()));
    return distinct;
  }

  private static List<Object> atMost(BigDecimal count, List<Object> values) {
    return List.copyOf(values.subList(0, Math.min(count.intValueExact(), values.size())));
  }
}
