// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.oracle.sql;

import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.oracle.NaiveEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;

/** DuckDB in this process, with a world's events and, of each instant, what its window holds. */
final class DuckDb extends DuckConnection {
  private static final String COLUMNS =
      Stream.of(SqlColumn.values()).map(SqlColumn::name).collect(Collectors.joining(", "));

  DuckDb() throws SQLException {
    super(1);
    String declarations =
        Stream.of(SqlColumn.values()).map(SqlColumn::declaration).collect(Collectors.joining(", "));
    run("CREATE TABLE raw (k BIGINT, et BIGINT, id BLOB, " + declarations + ")");
    run("CREATE TABLE instants (k BIGINT, t BIGINT, length BIGINT, lag BIGINT, hop BIGINT)");
  }

  void load(SqlWorld world) throws SQLException {
    run("DELETE FROM raw");
    run("DELETE FROM instants");
    appendEvents(world.entities());
    appendInstants(world.entities());
    run("SET TimeZone = '" + world.scale().zone() + "'");
    String normalized =
        Stream.of(SqlColumn.values()).map(SqlColumn::normalized).collect(Collectors.joining(", "));
    run("CREATE OR REPLACE TABLE events AS SELECT k, et, id, " + normalized + " FROM raw");
    run(
        """
        CREATE OR REPLACE TABLE held AS
        SELECT i.k, i.t, e.et, e.id, %s
        FROM (SELECT k, t, %s AS oldest, t - lag AS newest FROM instants) i
        LEFT JOIN events e ON e.k = i.k AND e.et BETWEEN i.oldest AND i.newest"""
            .formatted(COLUMNS, oldest(world.calendar())));
  }

  private static String oldest(Window.Calendar calendar) {
    return calendar == null
        ? "CASE WHEN length IS NULL THEN %d ELSE t - ((t %% hop) + hop) %% hop - lag - length END"
            .formatted(Long.MIN_VALUE)
        : "epoch_ms(date_trunc('%s', epoch_ms(t) AT TIME ZONE 'UTC'))"
            .formatted(calendar.period().name().toLowerCase(Locale.ROOT));
  }

  private void appendEvents(List<SqlWorld.Entity> entities) throws SQLException {
    try (DuckDBAppender rows = connection().createAppender("raw")) {
      for (int k = 0; k < entities.size(); k++) {
        for (NaiveEvent event : entities.get(k).events()) {
          rows.beginRow().append((long) k).append(event.time()).append(event.id());
          for (Object value : event.columns()) {
            append(rows, value);
          }
          rows.endRow();
        }
      }
    }
  }

  private void appendInstants(List<SqlWorld.Entity> entities) throws SQLException {
    try (DuckDBAppender rows = connection().createAppender("instants")) {
      for (int k = 0; k < entities.size(); k++) {
        for (long instant : entities.get(k).instants()) {
          rows.beginRow().append((long) k).append(instant);
          if (entities.get(k).window() instanceof Window.Sliding sliding) {
            rows.append(sliding.lengthMillis());
            rows.append(sliding.offsetMillis()).append(sliding.hopMillis());
          } else {
            rows.appendNull().append(0L).append(1L);
          }
          rows.endRow();
        }
      }
    }
  }

  /** The results of an aggregate, in Java's classes; of one by category without those of none. */
  Map<Key, Object> results(SqlAggregate aggregate) throws SQLException {
    return results(aggregate.query(), aggregate.byCategory());
  }

  /** What SQL's own OVER answers at the instants of events. */
  Map<Key, List<Object>> over(String answers, long lengthMillis) throws SQLException {
    Map<Key, List<Object>> results = new HashMap<>();
    String query =
        """
        SELECT k, et, %s FROM (SELECT *, epoch_ms(et) AS moment_of FROM events) WINDOW w AS (
          PARTITION BY k ORDER BY moment_of
          RANGE BETWEEN INTERVAL %d MILLISECONDS PRECEDING AND CURRENT ROW)"""
            .formatted(answers, lengthMillis);
    try (Statement statement = connection().createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        Object[] values = new Object[columns - 2];
        for (int i = 0; i < values.length; i++) {
          values[i] = value(rows.getObject(i + 3));
        }
        results.put(new Key(rows.getLong(1), rows.getLong(2)), Arrays.asList(values));
      }
    }
    return results;
  }
}
