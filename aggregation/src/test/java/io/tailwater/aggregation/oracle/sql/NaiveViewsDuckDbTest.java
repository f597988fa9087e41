// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.oracle.sql;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.oracle.NaiveEvent;
import io.tailwater.aggregation.oracle.NaiveViews;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The naive oracle against SQL, to the bit: every window by a join on its two ends, and sliding
 * ones by OVER too. Sums and averages of doubles are not asked for: SQL's depend on order.
 */
class NaiveViewsDuckDbTest {
  private static final int ENTITIES = 40;

  @Test
  void agreesWithJoins() throws SQLException {
    runJoins(1, 5);
  }

  @Test
  @Tag("full")
  void agreesWithJoinsAtLength() throws SQLException {
    runJoins(1_000_000, 1_000);
  }

  @Test
  void agreesWithOver() throws SQLException {
    runOver(1, 30);
  }

  @Test
  @Tag("full")
  void agreesWithOverAtLength() throws SQLException {
    runOver(1_000_000, 3_000);
  }

  private static void runJoins(long firstSeed, int worlds) throws SQLException {
    List<SqlAggregate> aggregates = SqlAggregate.all();
    try (DuckDb sql = new DuckDb()) {
      for (long seed = firstSeed; seed < firstSeed + worlds; seed++) {
        SqlWorld world = SqlWorld.next(new Random(seed), ENTITIES);
        sql.load(world);
        compare(seed, world, aggregates, sql);
      }
    }
  }

  private static void compare(long seed, SqlWorld world, List<SqlAggregate> aggregates, DuckDb sql)
      throws SQLException {
    List<Map<DuckConnection.Key, Object>> results = new ArrayList<>();
    for (SqlAggregate aggregate : aggregates) {
      results.add(sql.results(aggregate));
    }
    for (int k = 0; k < world.entities().size(); k++) {
      SqlWorld.Entity entity = world.entities().get(k);
      NaiveViews naive = entity.views(aggregates);
      for (long instant : entity.instants()) {
        Object[] values = naive.at(instant);
        for (int i = 0; i < values.length; i++) {
          SqlAggregate aggregate = aggregates.get(i);
          Object nothing = aggregate.byCategory() ? Map.of() : null;
          Object expected =
              results.get(i).getOrDefault(new DuckConnection.Key(k, instant), nothing);
          assertSame(seed, aggregate, entity.window(), instant, values[i], expected);
        }
      }
    }
  }

  private static void runOver(long firstSeed, int worlds) throws SQLException {
    List<SqlAggregate> aggregates =
        List.of(
            simple(AggregateFunction.COUNT_ALL, null),
            simple(AggregateFunction.COUNT, SqlColumn.TEXT),
            simple(AggregateFunction.SUM, SqlColumn.MONEY),
            simple(AggregateFunction.MIN, SqlColumn.REAL),
            simple(AggregateFunction.MAX, SqlColumn.TEXT),
            simple(AggregateFunction.MAX, SqlColumn.BIG),
            simple(AggregateFunction.ANY, SqlColumn.TRUTH),
            simple(AggregateFunction.ALL, SqlColumn.TRUTH),
            simple(AggregateFunction.MEDIAN, SqlColumn.SMALL));
    String answers =
        """
        count(*) OVER w, count(TEXT) OVER w, sum(MONEY) OVER w, min(REAL) OVER w, max(TEXT) OVER w,
        max(BIG) OVER w, bool_or(TRUTH) OVER w, bool_and(TRUTH) OVER w,
        quantile_cont(SMALL, 0.5) OVER w""";
    try (DuckDb sql = new DuckDb()) {
      for (long seed = firstSeed; seed < firstSeed + worlds; seed++) {
        Random random = new Random(seed);
        SqlWorld world = SqlWorld.next(random, ENTITIES);
        sql.load(world);
        long length = world.scale().length(random);
        compareOver(seed, world, length, aggregates, sql.over(answers, length));
      }
    }
  }

  private static void compareOver(
      long seed,
      SqlWorld world,
      long length,
      List<SqlAggregate> aggregates,
      Map<DuckConnection.Key, List<Object>> results) {
    for (int k = 0; k < world.entities().size(); k++) {
      SqlWorld.Entity entity = world.entities().get(k);
      Window window = Window.sliding(length);
      NaiveViews naive =
          new SqlWorld.Entity(window, entity.events(), entity.instants()).views(aggregates);
      for (NaiveEvent event : entity.events()) {
        Object[] expected = results.get(new DuckConnection.Key(k, event.time())).toArray();
        Object[] values = naive.at(event.time());
        for (int i = 0; i < values.length; i++) {
          assertSame(seed, aggregates.get(i), window, event.time(), values[i], expected[i]);
        }
      }
    }
  }

  private static SqlAggregate simple(AggregateFunction function, SqlColumn column) {
    return new SqlAggregate(function, null, column, false, "");
  }

  private static void assertSame(
      long seed,
      SqlAggregate aggregate,
      Window window,
      long instant,
      Object value,
      Object expected) {
    if (!NaiveViews.sameBits(new Object[] {value}, new Object[] {expected})) {
      throw new AssertionError(
          "seed %d: %s over %s at %d is %s, and in SQL %s"
              .formatted(seed, aggregate, window, instant, value, expected));
    }
  }
}
