// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.backfill;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two years of sales, one at a time, as a Parquet file: a function of its parameters.
 *
 * @param events how many there are
 * @param customers who buy; which one does is a hash of the sale's number
 */
record SalesHistory(long events, int customers) {
  /** The windows, by their names in features. */
  static final Map<String, Duration> WINDOWS =
      new TreeMap<>(
          Map.of("1d", Duration.ofDays(1), "7d", Duration.ofDays(7), "30d", Duration.ofDays(30)));

  /** What is computed in each window, by the names of features. */
  static final Map<String, String> AGGREGATES =
      new TreeMap<>(Map.of("sales", "count(*)", "total", "sum(amount)", "average", "avg(amount)"));

  private static final long START = 1_672_531_200_000L;
  private static final long SPAN = Duration.ofDays(730).toMillis();

  /** Writes the file. */
  void write(Connection duck, Path file) throws SQLException {
    try (Statement statement = duck.createStatement()) {
      statement.execute(
          """
          COPY (SELECT (hash(i) %% %d)::BIGINT AS customer_id,
              (hash(i + 1000000007) %% 100000)::DOUBLE / 100 AS amount,
              make_timestamp((%d + (i::HUGEINT * %d // %d)::BIGINT) * 1000) AS ts,
              i AS id
            FROM range(%d) t(i)) TO '%s' (FORMAT parquet, COMPRESSION zstd)
          """
              .formatted(customers, START, SPAN, events, events, file));
    }
  }

  /** The features' names, window by window. */
  static List<String> features() {
    List<String> names = new ArrayList<>();
    for (String window : WINDOWS.keySet()) {
      AGGREGATES.keySet().forEach(name -> names.add(name + "_" + window));
    }
    return names;
  }

  /**
   * The query that SQL engines run: a row for each event.
   *
   * @param table the events, as the engine names them
   * @param order what to sort by
   * @param length turns a window's length into SQL that goes with {@code order}
   */
  static String query(String table, String order, Length length) {
    List<String> columns = new ArrayList<>();
    List<String> windows = new ArrayList<>();
    WINDOWS.forEach(
        (name, duration) -> {
          AGGREGATES.forEach(
              (feature, sql) ->
                  columns.add("%s OVER w%s AS %s_%s".formatted(sql, name, feature, name)));
          windows.add(
              "w%s AS (PARTITION BY customer_id ORDER BY %s RANGE BETWEEN %s PRECEDING AND CURRENT ROW)"
                  .formatted(name, order, length.of(duration)));
        });
    return "SELECT customer_id, ts, id, %s FROM %s WINDOW %s"
        .formatted(String.join(", ", columns), table, String.join(", ", windows));
  }

  /** A window's length in SQL. */
  @FunctionalInterface
  interface Length {
    String of(Duration window);
  }
}
