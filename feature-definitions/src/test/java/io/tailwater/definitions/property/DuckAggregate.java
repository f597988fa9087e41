// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.property;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.ValueType.Kind;
import io.tailwater.aggregation.Window;
import io.tailwater.definitions.property.PlainFeature.Aggregated;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/**
 * The queries by which DuckDB answers aggregates exactly, over a table {@code held} with a column
 * {@code x}: one row for each event in the window at an instant, and one without an event where it
 * is empty.
 */
final class DuckAggregate {
  /** Of small whole numbers, where its interpolation by doubles is exact. */
  private static final Set<BigDecimal> QUARTERS =
      Set.of(
          new BigDecimal("0"),
          new BigDecimal("0.25"),
          new BigDecimal("0.5"),
          new BigDecimal("0.75"),
          new BigDecimal("1"));

  private static final String OLDEST_FIRST =
      "(list(x ORDER BY et, number) FILTER (WHERE x IS NOT NULL))";
  private static final String NEWEST_FIRST =
      "(list(x ORDER BY et DESC, number DESC) FILTER (WHERE x IS NOT NULL))";

  private DuckAggregate() {}

  /**
   * The query of columns k, t, the category where there is one, and the value.
   *
   * @return empty if DuckDB's answer depends on an order, or is rounded elsewhere
   */
  static Optional<String> query(Aggregated feature) {
    String keys = feature.by() == null ? "k, t" : "k, t, category";
    return (isList(feature) ? lists(feature) : one(feature).map(DuckAggregate::grouped))
        .map(text -> text.replace("{keys}", keys));
  }

  private static String grouped(String expression) {
    return "SELECT {keys}, " + expression + " AS v FROM held GROUP BY {keys}";
  }

  private static boolean isList(Aggregated feature) {
    return switch (feature.function()) {
      case LAST_DISTINCT_N, MODE, TOP_K -> true;
      default -> false;
    };
  }

  private static Optional<String> one(Aggregated feature) {
    ValueType type = feature.value() == null ? ValueType.BOOL : feature.value().type();
    boolean whole = type.kind() == Kind.INT32;
    boolean exact = type.kind() == Kind.DECIMAL && type.precision() <= 18;
    String parameter = String.valueOf(feature.parameter());
    return switch (feature.function()) {
      case COUNT_ALL, COUNT -> Optional.of("count(x)");
      case COUNT_DISTINCT -> Optional.of("count(DISTINCT x)");
      case APPROX_COUNT_DISTINCT ->
          when(!(feature.window() instanceof Window.Lifetime), "count(DISTINCT x)");
      case SUM ->
          exact ? Optional.of("sum(x)") : when(whole || type.kind() == Kind.INT64, wholeSum());
      case AVG -> when(whole, "sum(x)::DOUBLE / count(x)");
      case MIN -> Optional.of("min(x)");
      case MAX -> Optional.of("max(x)");
      case FIRST -> Optional.of(OLDEST_FIRST + "[1]");
      case LAST -> Optional.of(NEWEST_FIRST + "[1]");
      case FIRST_N -> Optional.of("%s[1:%s]".formatted(OLDEST_FIRST, parameter));
      case LAST_N -> Optional.of("%s[1:%s]".formatted(NEWEST_FIRST, parameter));
      case MEDIAN -> when(whole, "quantile_cont(x, 0.5)");
      case PERCENTILE ->
          when(
              whole && QUARTERS.contains(feature.parameter().stripTrailingZeros()),
              "quantile_cont(x, %s)".formatted(parameter));
      case ANY -> Optional.of("bool_or(x)");
      case ALL -> Optional.of("bool_and(x)");
      default -> Optional.empty();
    };
  }

  private static Optional<String> when(boolean isExact, String expression) {
    return isExact ? Optional.of(expression) : Optional.empty();
  }

  private static String wholeSum() {
    return "CASE WHEN sum(x::HUGEINT) BETWEEN %d AND %d THEN sum(x::HUGEINT)::BIGINT END"
        .formatted(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static Optional<String> lists(Aggregated feature) {
    if (feature.function() == AggregateFunction.LAST_DISTINCT_N) {
      return Optional.of(
          """
          SELECT {keys}, list(x ORDER BY newest DESC)[1:%s] AS v FROM (
            SELECT {keys}, x, max(place) AS newest FROM (
              SELECT *, row_number() OVER (PARTITION BY {keys} ORDER BY et, number) AS place
              FROM held WHERE x IS NOT NULL)
            GROUP BY {keys}, x)
          GROUP BY {keys}"""
              .formatted(feature.parameter()));
    }
    boolean mode = feature.function() == AggregateFunction.MODE;
    return Optional.of(
        """
        SELECT {keys}, list(x ORDER BY n DESC, x)[%s] AS v FROM (
          SELECT {keys}, x, count(*) AS n FROM held WHERE x IS NOT NULL GROUP BY {keys}, x)
        GROUP BY {keys}"""
            .formatted(mode ? "1" : "1:" + feature.parameter()));
  }
}
