// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.oracle.sql;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.WindowedAggregate;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * An aggregate of a column and the query that DuckDB answers it by, from a table {@code held}: one
 * row for each event in the window at an instant, and one without an event where it is empty.
 *
 * @param function the aggregate
 * @param parameter n, k or p; null where there is none
 * @param column what is aggregated; null for {@code count(*)}
 * @param byCategory whether it is split by CATEGORY
 * @param template the query: {@code {keys}} stand for the columns that it is grouped by, {@code
 *     {x}} for the column, {@code {held}} for the table
 */
record SqlAggregate(
    AggregateFunction function,
    BigDecimal parameter,
    SqlColumn column,
    boolean byCategory,
    String template) {
  private static final Set<SqlColumn> SCALARS = EnumSet.allOf(SqlColumn.class);
  private static final Set<SqlColumn> ORDERED = EnumSet.complementOf(EnumSet.of(SqlColumn.TRUTH));
  private static final Set<SqlColumn> INTEGERS =
      EnumSet.of(SqlColumn.BIG, SqlColumn.SMALL, SqlColumn.WHOLE);
  private static final Set<SqlColumn> EXACT_AS_DOUBLES =
      EnumSet.of(SqlColumn.SMALL, SqlColumn.WHOLE);
  private static final Set<SqlColumn> SMALL = EnumSet.of(SqlColumn.SMALL);
  private static final Set<SqlColumn> MONEY = EnumSet.of(SqlColumn.MONEY);
  private static final Set<SqlColumn> TRUTHS = EnumSet.of(SqlColumn.TRUTH);

  private static final String SPREAD =
      "(count({x}) * sum({x} * {x}) - sum({x}) * sum({x}))::DOUBLE";
  private static final String POPULATION = SPREAD + " / (count({x}) * count({x}))::DOUBLE";
  private static final String SAMPLE =
      "CASE WHEN count({x}) > 1 THEN " + SPREAD + " / (count({x}) * (count({x}) - 1))::DOUBLE END";
  private static final String OLDEST_FIRST =
      "(list({x} ORDER BY et, id) FILTER (WHERE {x} IS NOT NULL))";
  private static final String NEWEST_FIRST =
      "(list({x} ORDER BY et DESC, id DESC) FILTER (WHERE {x} IS NOT NULL))";

  /** Every aggregate over every column for which DuckDB is exact, also by category. */
  static List<SqlAggregate> all() {
    List<SqlAggregate> all = new ArrayList<>();
    all.add(new SqlAggregate(AggregateFunction.COUNT_ALL, null, null, false, grouped("count(et)")));
    for (AggregateFunction function : AggregateFunction.values()) {
      addSimple(all, function);
      addLists(all, function);
    }
    return all;
  }

  private static void addSimple(List<SqlAggregate> all, AggregateFunction function) {
    switch (function) {
      case COUNT -> add(all, function, null, SCALARS, grouped("count({x})"));
      case COUNT_DISTINCT -> add(all, function, null, SCALARS, grouped("count(DISTINCT {x})"));
      case SUM -> {
        String fits =
            "sum({x}::HUGEINT) BETWEEN %d AND %d".formatted(Long.MIN_VALUE, Long.MAX_VALUE);
        String sum = "CASE WHEN " + fits + " THEN sum({x}::HUGEINT)::BIGINT END";
        add(all, function, null, INTEGERS, grouped(sum));
        add(all, function, null, MONEY, grouped("sum({x})"));
      }
      case AVG -> {
        add(all, function, null, EXACT_AS_DOUBLES, grouped("sum({x})::DOUBLE / count({x})"));
        add(all, function, null, MONEY, grouped(averageOfMoney()));
      }
      case MIN -> add(all, function, null, ORDERED, grouped("min({x})"));
      case MAX -> add(all, function, null, ORDERED, grouped("max({x})"));
      case VAR_POP -> add(all, function, null, SMALL, grouped(POPULATION));
      case VAR_SAMP -> add(all, function, null, SMALL, grouped(SAMPLE));
      case STDDEV_POP -> add(all, function, null, SMALL, grouped("sqrt(" + POPULATION + ")"));
      case STDDEV_SAMP -> add(all, function, null, SMALL, grouped("sqrt(" + SAMPLE + ")"));
      case MEDIAN -> add(all, function, null, EXACT_AS_DOUBLES, grouped("quantile_cont({x}, 0.5)"));
      case PERCENTILE -> {
        for (String share : List.of("0", "0.25", "0.75", "1")) {
          String quantile = grouped("quantile_cont({x}, " + share + ")");
          add(all, function, share, EXACT_AS_DOUBLES, quantile);
        }
      }
      case ANY -> add(all, function, null, TRUTHS, grouped("bool_or({x})"));
      case ALL -> add(all, function, null, TRUTHS, grouped("bool_and({x})"));
      default -> {}
    }
  }

  private static void addLists(List<SqlAggregate> all, AggregateFunction function) {
    switch (function) {
      case FIRST -> add(all, function, null, SCALARS, grouped(OLDEST_FIRST + "[1]"));
      case LAST -> add(all, function, null, SCALARS, grouped(NEWEST_FIRST + "[1]"));
      case FIRST_N -> add(all, function, "3", SCALARS, grouped(OLDEST_FIRST + "[1:3]"));
      case LAST_N -> add(all, function, "2", SCALARS, grouped(NEWEST_FIRST + "[1:2]"));
      case LAST_DISTINCT_N -> add(all, function, "3", SCALARS, lastDistinct());
      case MODE -> add(all, function, null, SCALARS, mostFrequent("[1]"));
      case TOP_K -> add(all, function, "2", SCALARS, mostFrequent("[1:2]"));
      default -> {}
    }
  }

  /** In millionths, HALF_UP, by integers. */
  private static String averageOfMoney() {
    String cents = "sum(({x} * 100)::HUGEINT)";
    return "CASE WHEN count({x}) > 0 THEN sign(%1$s) * ((abs(%1$s) * 20000 + count({x})) // (2 * count({x}))) END"
        .formatted(cents);
  }

  private static String lastDistinct() {
    return """
    SELECT {keys}, list(v ORDER BY newest DESC)[1:3] AS v FROM (
      SELECT {keys}, {x} AS v, max(place) AS newest FROM (
        SELECT *, row_number() OVER (PARTITION BY {keys} ORDER BY et, id) AS place
        FROM {held} WHERE {x} IS NOT NULL)
      GROUP BY {keys}, {x})
    GROUP BY {keys}""";
  }

  private static String mostFrequent(String part) {
    return """
    SELECT {keys}, list(v ORDER BY n DESC, v)%s AS v FROM (
      SELECT {keys}, {x} AS v, count(*) AS n FROM {held} WHERE {x} IS NOT NULL
      GROUP BY {keys}, {x})
    GROUP BY {keys}"""
        .formatted(part);
  }

  private static String grouped(String expression) {
    return "SELECT {keys}, " + expression + " AS v FROM {held} GROUP BY {keys}";
  }

  private static void add(
      List<SqlAggregate> all,
      AggregateFunction function,
      String parameter,
      Set<SqlColumn> columns,
      String template) {
    BigDecimal number = parameter == null ? null : new BigDecimal(parameter);
    for (SqlColumn column : columns) {
      all.add(new SqlAggregate(function, number, column, false, template));
      all.add(new SqlAggregate(function, number, column, true, template));
    }
  }

  WindowedAggregate over(Window window) {
    int none = WindowedAggregate.NO_COLUMN;
    return new WindowedAggregate(
        function,
        parameter,
        column == null ? none : column.ordinal(),
        byCategory ? SqlColumn.CATEGORY.ordinal() : none,
        window);
  }

  /** Columns k (case), t (instant), category where split, and v. */
  String query() {
    String x = column == null ? "" : column.name();
    // A category without a value is not in the map, so that its count is not 0 but absent.
    String own = "(SELECT * FROM held WHERE CATEGORY IS NOT NULL AND " + x + " IS NOT NULL)";
    return template
        .replace("{keys}", byCategory ? "k, t, CATEGORY" : "k, t")
        .replace("{held}", byCategory ? own : "held")
        .replace("{x}", x);
  }

  @Override
  public String toString() {
    return "%s(%s, %s)%s".formatted(function, column, parameter, byCategory ? " by category" : "");
  }
}
