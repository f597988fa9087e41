// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.property;

import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.oracle.sql.DuckConnection;
import io.tailwater.definitions.property.PlainFeature.Aggregated;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.duckdb.DuckDBAppender;

/** A view in DuckDB: the sources' events, and their columns, conditions and aggregates as SQL. */
final class Duck extends DuckConnection {
  private static final Set<String> TWO_MIDNIGHTS = Set.of("America/St_Johns", "America/Havana");

  Duck() throws SQLException {
    super(1);
    run("CREATE TABLE instants (k BIGINT, t BIGINT)");
  }

  /** The events of entities, and the instants at which they are asked for. */
  void load(PlainView view, List<EntityRun> entities, List<List<Long>> instants)
      throws SQLException {
    run("DELETE FROM instants");
    try (DuckDBAppender rows = connection().createAppender("instants")) {
      for (int k = 0; k < instants.size(); k++) {
        for (long instant : instants.get(k)) {
          rows.beginRow().append((long) k).append(instant).endRow();
        }
      }
    }
    for (int source = 0; source < view.sources().size(); source++) {
      loadSource(view.sources().get(source), source, entities);
    }
  }

  private void loadSource(PlainSource source, int index, List<EntityRun> entities)
      throws SQLException {
    List<Term> leaves = PlainSource.leaves(source.fields());
    StringBuilder declarations = new StringBuilder("k BIGINT, et BIGINT, number INTEGER");
    StringBuilder normalized = new StringBuilder("k, et, number");
    for (Term leaf : leaves) {
      declarations.append(", %s %s".formatted(leaf.duck(), sqlType(leaf.type())));
      normalized.append(", ").append(normalized(leaf));
    }
    String raw = "raw" + index;
    run("CREATE OR REPLACE TABLE %s (%s)".formatted(raw, declarations));
    try (DuckDBAppender rows = connection().createAppender(raw)) {
      for (int k = 0; k < entities.size(); k++) {
        for (PlainEvent event : entities.get(k).events()) {
          if (event.source() == index) {
            rows.beginRow().append((long) k).append(event.time()).append(event.number());
            for (int i = 0; i < leaves.size(); i++) {
              append(rows, event.row()[i]);
            }
            rows.endRow();
          }
        }
      }
    }
    StringBuilder columns = new StringBuilder("*");
    for (int i = 0; i < source.columns().size(); i++) {
      String duck = source.columns().get(i).duck();
      columns.append(", %s AS %s".formatted(duck, PlainSource.columnName(i)));
    }
    run(
        "CREATE OR REPLACE TABLE source%d AS SELECT %s FROM (SELECT %s FROM %s)"
            .formatted(index, columns, normalized, raw));
  }

  /** The values of a feature before its default; empty if DuckDB does not say them exactly. */
  Optional<Map<Key, Object>> results(PlainView view, Aggregated feature) throws SQLException {
    Optional<String> query = DuckAggregate.query(feature);
    if (query.isEmpty() || !isSame(feature.window())) {
      return Optional.empty();
    }
    if (feature.window() instanceof Window.Calendar calendar) {
      run("SET TimeZone = '%s'".formatted(calendar.zone()));
    }
    return Optional.of(results(held(view, feature) + query.get(), feature.by() != null));
  }

  /**
   * Where clocks went back over midnight or to it, SQL's days begin with the second one; ours with
   * the first.
   */
  private static boolean isSame(Window window) {
    return !(window instanceof Window.Calendar calendar)
        || !TWO_MIDNIGHTS.contains(calendar.zone().getId());
  }

  private static String held(PlainView view, Aggregated feature) {
    List<String> conditions = new ArrayList<>(List.of("TRUE"));
    if (feature.source() == 0 && view.where() != null) {
      conditions.add(view.where().duck());
    }
    if (feature.where() != null) {
      conditions.add(feature.where().duck());
    }
    // A category without a value is not in the map, so that its count is not 0 but absent.
    String counted = feature.by() == null ? "" : " WHERE category IS NOT NULL AND x IS NOT NULL";
    return """
    WITH own AS (
      SELECT k, et, number, %s AS x, %s AS category FROM source%d WHERE %s),
    bounds AS (SELECT k, t, %s AS oldest, %s AS newest FROM instants),
    held AS (
      SELECT * FROM (
        SELECT b.k, b.t, e.et, e.number, e.x, e.category
        FROM bounds b LEFT JOIN own e ON e.k = b.k AND e.et BETWEEN b.oldest AND b.newest)%s)
    """
        .formatted(
            feature.value() == null ? "TRUE" : feature.value().duck(),
            feature.by() == null ? "NULL" : feature.by().duck(),
            feature.source(),
            String.join(" AND ", conditions),
            oldest(feature.window()),
            newest(feature.window()),
            counted);
  }

  private static String oldest(Window window) {
    if (window instanceof Window.Sliding sliding) {
      return "t - ((t %% %1$d) + %1$d) %% %1$d - %2$d"
          .formatted(sliding.hopMillis(), sliding.offsetMillis() + sliding.lengthMillis());
    }
    return window instanceof Window.Calendar calendar
        ? "epoch_ms(date_trunc('%s', epoch_ms(t) AT TIME ZONE 'UTC'))"
            .formatted(calendar.period().name().toLowerCase(Locale.ROOT))
        : Long.toString(Long.MIN_VALUE + 1);
  }

  private static String newest(Window window) {
    return window instanceof Window.Sliding sliding ? "t - " + sliding.offsetMillis() : "t";
  }

  private static String sqlType(ValueType type) {
    return switch (type.kind()) {
      case BOOL -> "BOOLEAN";
      case INT32 -> "INTEGER";
      case INT64, TIMESTAMP -> "BIGINT";
      case FLOAT -> "REAL";
      case DOUBLE -> "DOUBLE";
      case DECIMAL -> "DECIMAL(%d,%d)".formatted(type.precision(), type.scale());
      case STRING -> "VARCHAR";
      case BYTES -> "BLOB";
      case ARRAY, MAP -> throw new IllegalArgumentException(type.toString());
    };
  }

  /** A zero has no sign. */
  private static String normalized(Term leaf) {
    return switch (leaf.type().kind()) {
      case FLOAT, DOUBLE ->
          "CASE WHEN %1$s = 0 THEN 0 ELSE %1$s END AS %1$s".formatted(leaf.duck());
      default -> leaf.duck();
    };
  }
}
