// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.oracle.sql;

import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.oracle.NaiveEvent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** DuckDB in this process, with a world's events and, of each instant, what its window holds. */
final class DuckDb implements AutoCloseable {
  /** An entity and an instant. */
  record Key(long entity, long instant) {}

  private static final String COLUMNS =
      Stream.of(SqlColumn.values()).map(SqlColumn::name).collect(Collectors.joining(", "));

  private final DuckDBConnection connection;

  DuckDb() throws SQLException {
    connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
    run("SET threads = 1");
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
    try (DuckDBAppender rows = connection.createAppender("raw")) {
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
    try (DuckDBAppender rows = connection.createAppender("instants")) {
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

  private static void append(DuckDBAppender rows, Object value) throws SQLException {
    if (value == null) {
      rows.appendNull();
    } else if (value instanceof Long number) {
      rows.append(number);
    } else if (value instanceof Integer number) {
      rows.append(number);
    } else if (value instanceof Float number) {
      rows.append(number);
    } else if (value instanceof Double number) {
      rows.append(number);
    } else if (value instanceof BigDecimal number) {
      rows.append(number);
    } else if (value instanceof Boolean truth) {
      rows.append(truth);
    } else {
      rows.append((String) value);
    }
  }

  /** The results of an aggregate, in Java's classes; of one by category without those of none. */
  Map<Key, Object> results(SqlAggregate aggregate) throws SQLException {
    Map<Key, Object> results = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(aggregate.query())) {
      while (rows.next()) {
        Key key = new Key(rows.getLong(1), rows.getLong(2));
        if (aggregate.byCategory()) {
          add(results, key, rows.getString(3), value(rows.getObject(4)));
        } else {
          results.put(key, value(rows.getObject(3)));
        }
      }
    }
    return results;
  }

  @SuppressWarnings("unchecked")
  private static void add(Map<Key, Object> results, Key key, String category, Object value) {
    if (value != null) {
      Object categories = results.computeIfAbsent(key, none -> new TreeMap<String, Object>());
      ((Map<String, Object>) categories).put(category, value);
    }
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
    try (Statement statement = connection.createStatement();
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

  private static Object value(Object value) throws SQLException {
    if (value instanceof Array array) {
      return List.of((Object[]) array.getArray());
    }
    // Only averages of MONEY are so wide: in millionths.
    return value instanceof BigInteger millionths ? new BigDecimal(millionths, 6) : value;
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
