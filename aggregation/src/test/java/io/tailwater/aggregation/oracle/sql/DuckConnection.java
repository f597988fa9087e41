// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.oracle.sql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** DuckDB in this process, and its values in Java's classes. */
public class DuckConnection implements AutoCloseable {
  private final DuckDBConnection connection;

  /** An entity, by its place in a list, and an instant. */
  public record Key(long entity, long instant) {}

  /** A new database in memory. */
  public DuckConnection(int threads) throws SQLException {
    connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
    run("SET threads = " + threads);
  }

  protected final DuckDBConnection connection() {
    return connection;
  }

  protected final void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * What a query answers for keys.
   *
   * @param query of entity, instant and value; by category, of entity, instant, category and value
   * @param byCategory whether a value is a map, which lacks the categories without a value
   */
  protected final Map<Key, Object> results(String query, boolean byCategory) throws SQLException {
    Map<Key, Object> results = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        Key key = new Key(rows.getLong(1), rows.getLong(2));
        if (byCategory) {
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

  /** A value that a query answers. */
  protected static Object value(Object value) throws SQLException {
    if (value instanceof Array array) {
      return List.of((Object[]) array.getArray());
    }
    // Only averages of decimals are so wide: in millionths.
    return value instanceof BigInteger millionths ? new BigDecimal(millionths, 6) : value;
  }

  /** Appends a value of any class that events have. */
  protected static void append(DuckDBAppender rows, Object value) throws SQLException {
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
    } else if (value instanceof byte[] bytes) {
      rows.append(bytes);
    } else {
      rows.append((String) value);
    }
  }

  @Override
  public final void close() throws SQLException {
    connection.close();
  }
}
