// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import io.tailwater.aggregation.oracle.sql.DuckConnection;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.Project;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import java.io.IOException;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;

/** What DuckDB finds in a view's Parquet files as of an instant, with what was known then. */
final class AsOfJoin extends DuckConnection {
  AsOfJoin() throws SQLException {
    super(2);
    run("SET TimeZone = 'UTC'");
  }

  /** Reads the files that the table lists. */
  void load(FeatureView view, Deployment deployment, Project project)
      throws SQLException, IOException {
    try (OfflineTableReader table =
        OfflineTableReader.open(deployment.catalog(), project.name(), view)) {
      String files =
          table.snapshot().dataFiles().stream()
              .map("'%s'"::formatted)
              .collect(Collectors.joining(", ", "[", "]"));
      run("CREATE TABLE %s AS FROM read_parquet(%s)".formatted(view.name(), files));
    }
  }

  /**
   * The values of all features in the order of {@code asked}; null where there is no row. Of the
   * rows of one instant the one that was created last counts.
   */
  List<Object[]> at(FeatureView view, List<ServedVector> asked) throws SQLException {
    List<String> keys = view.entity().joinKeys().stream().map(JoinKey::name).toList();
    String asking = "asked_" + view.name();
    run(
        "CREATE TABLE %1$s AS SELECT 0 AS id, %2$s, 0::BIGINT AS instant, 0::BIGINT AS known FROM %3$s LIMIT 0"
            .formatted(asking, String.join(", ", keys), view.name()));
    append(asking, asked);
    List<Object[]> found = new ArrayList<>(Collections.nCopies(asked.size(), (Object[]) null));
    for (long known : asked.stream().map(ServedVector::known).distinct().toList()) {
      collect(view, query(view, keys, asking, known), found);
    }
    return found;
  }

  private void append(String table, List<ServedVector> asked) throws SQLException {
    try (DuckDBAppender rows = connection().createAppender("main", table)) {
      for (int i = 0; i < asked.size(); i++) {
        rows.beginRow();
        rows.append(i);
        for (Object key : asked.get(i).key()) {
          append(rows, key);
        }
        rows.append(asked.get(i).instant());
        rows.append(asked.get(i).known());
        rows.endRow();
      }
    }
  }

  private static String query(FeatureView view, List<String> keys, String asking, long known) {
    String features =
        view.storedFeatures().stream()
            .map(feature -> "k.\"%s\"".formatted(feature.name()))
            .collect(Collectors.joining(", "));
    String sameKeys =
        keys.stream().map("a.%1$s = k.%1$s"::formatted).collect(Collectors.joining(" AND "));
    return """
    WITH known AS (
      FROM %2$s WHERE epoch_ms(created_timestamp) <= %3$d
      QUALIFY row_number() OVER (
        PARTITION BY %4$s, event_timestamp ORDER BY created_timestamp DESC) = 1)
    SELECT a.id, %5$s
    FROM (FROM %1$s WHERE known = %3$d) a
    ASOF JOIN (SELECT *, epoch_ms(event_timestamp) AS ms FROM known) k
      ON %6$s AND a.instant >= k.ms
    """
        .formatted(asking, view.name(), known, String.join(", ", keys), features, sameKeys);
  }

  private void collect(FeatureView view, String query, List<Object[]> found) throws SQLException {
    int features = view.storedFeatures().size();
    try (Statement statement = connection().createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        Object[] values = new Object[features];
        for (int i = 0; i < features; i++) {
          values[i] = plain(rows.getObject(i + 2));
        }
        found.set(rows.getInt(1), values);
      }
    }
  }

  /** In the classes that features have. */
  private static Object plain(Object value) throws SQLException {
    if (value instanceof Array array) {
      List<Object> elements = new ArrayList<>();
      for (Object element : (Object[]) array.getArray()) {
        elements.add(plain(element));
      }
      return elements;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> entries = new HashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        entries.put(plain(entry.getKey()), plain(entry.getValue()));
      }
      return entries;
    }
    if (value instanceof Blob blob) {
      return blob.getBytes(1, (int) blob.length());
    }
    return value instanceof OffsetDateTime instant
        ? (Long) instant.toInstant().toEpochMilli()
        : value;
  }
}
