// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.backfill;

import io.tailwater.benchmarks.WrongAnswerException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks what contenders have written, by SQL of its own. Not thread-safe. */
final class Answers {
  /** Engines add doubles in orders of their own; ours rounds the exact sum. */
  private static final double TOLERANCE = 1e-9;

  /** Whose rows between events are computed anew. */
  private static final int SAMPLED_CUSTOMERS = 5;

  private final Connection duck;

  Answers(Connection duck, Path events) throws SQLException {
    this.duck = duck;
    try (Statement statement = duck.createStatement()) {
      statement.execute(
          "CREATE OR REPLACE TEMP VIEW events AS SELECT *, epoch_ms(ts) AS moment FROM '%s'"
              .formatted(events));
    }
  }

  /**
   * Checks that our rows are those of all steps, that each event's has the values of DuckDB's, and
   * that those of some customers are what their events come to.
   *
   * @throws WrongAnswerException if not
   */
  long checkOurs(String ours, String theirs) throws SQLException {
    long rows = count("SELECT count(*) FROM '%s'".formatted(ours));
    requireEqual("rows of all steps", count(steps()), rows);
    requireEqual(
        "rows that differ from DuckDB's",
        0,
        count(
            """
            SELECT count(*) FROM '%s' d LEFT JOIN '%s' o
            ON d.customer_id = o.customer_id AND epoch_ms(d.ts) = epoch_ms(o.event_timestamp)
            WHERE NOT coalesce(%s, false)
            """
                .formatted(theirs, ours, same("d", "o"))));
    requireEqual("recomputed rows that differ", 0, count(recomputed(ours)));
    return rows;
  }

  /** Checks that another engine's rows are DuckDB's, event by event. */
  long checkTheirs(String others, String theirs) throws SQLException {
    requireEqual(
        "rows that differ from DuckDB's",
        0,
        count(
            "SELECT count(*) FROM '%s' d FULL JOIN '%s' o USING (id) WHERE NOT coalesce(%s, false)"
                .formatted(theirs, others, same("d", "o"))));
    return count("SELECT count(*) FROM '%s'".formatted(others));
  }

  /** An instant of a row: an event's, or the first one behind a window that it was in. */
  private static String steps() {
    String instants =
        Stream.concat(
                Stream.of("moment"),
                SalesHistory.WINDOWS.values().stream()
                    .map(length -> "moment + %d".formatted(length.toMillis() + 1)))
            .collect(Collectors.joining(", "));
    return """
        SELECT count(*) FROM (SELECT DISTINCT customer_id, unnest([%s]) AS step FROM events)
        WHERE step <= (SELECT max(moment) FROM events)
        """
        .formatted(instants);
  }

  private static String recomputed(String ours) {
    String aggregates =
        SalesHistory.WINDOWS.entrySet().stream()
            .flatMap(Answers::aggregates)
            .collect(Collectors.joining(", "));
    return """
        SELECT count(*) FROM (SELECT any_value(o) AS o, %s
          FROM (SELECT *, epoch_ms(event_timestamp) AS step FROM '%s' WHERE customer_id < %d) o
          LEFT JOIN events e ON e.customer_id = o.customer_id AND e.moment BETWEEN o.step - %d AND o.step
          GROUP BY o.customer_id, o.step) r
        WHERE NOT coalesce(%s, false)
        """
        .formatted(
            aggregates, ours, SAMPLED_CUSTOMERS, Duration.ofDays(30).toMillis(), same("r", "r.o"));
  }

  private static Stream<String> aggregates(Map.Entry<String, Duration> window) {
    String inside =
        "FILTER (WHERE e.moment >= o.step - %d)".formatted(window.getValue().toMillis());
    return Stream.of(
            "count(e.moment) %s AS sales_%s",
            "sum(e.amount) %s AS total_%s", "avg(e.amount) %s AS average_%s")
        .map(aggregate -> aggregate.formatted(inside, window.getKey()));
  }

  /** Whether two rows have the same features: both null, or equal but for rounding. */
  private static String same(String one, String other) {
    return SalesHistory.features().stream()
        .map(
            name ->
                "(%1$s.%3$s IS NOT DISTINCT FROM %2$s.%3$s OR abs(%1$s.%3$s - %2$s.%3$s) <= %4$s * greatest(1, abs(%1$s.%3$s)))"
                    .formatted(one, other, name, TOLERANCE))
        .collect(Collectors.joining(" AND "));
  }

  private static void requireEqual(String what, long expected, long found) {
    if (expected != found) {
      throw new WrongAnswerException(
          "%s: found %,d, expected %,d".formatted(what, found, expected));
    }
  }

  private long count(String query) throws SQLException {
    try (Statement statement = duck.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }
}
