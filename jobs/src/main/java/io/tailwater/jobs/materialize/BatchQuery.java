// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.materialize;

import static org.apache.flink.table.api.Expressions.$;
import static org.apache.flink.table.api.Expressions.lit;

import io.tailwater.definitions.model.BatchFeatureView;
import io.tailwater.definitions.model.BatchTable;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.ApiExpression;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.expressions.Expression;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * The query of a batch view, run by Flink's Table API. Each view has an environment of its own, so
 * that the tables of two views may have the same name.
 */
final class BatchQuery {
  private static final int MILLIS = 3;

  private static final String JDBC = "jdbc";

  /**
   * Without these PostgreSQL's driver holds all rows in memory at once. A table's own options go
   * over them.
   */
  private static final Map<String, String> JDBC_DEFAULTS =
      Map.of("scan.auto-commit", "false", "scan.fetch-size", "1000");

  private final BatchFeatureView view;
  private final StreamTableEnvironment tables;
  private final Table result;

  private BatchQuery(BatchFeatureView view, StreamTableEnvironment tables, Table result) {
    this.view = view;
    this.tables = tables;
    this.result = result;
  }

  /**
   * Compiles the query.
   *
   * @param environment the variables that the tables' options may name
   * @throws IllegalArgumentException if a table or the query is wrong, or a column is missing or of
   *     another type than declared: with all that is wrong with the columns
   */
  static BatchQuery of(
      StreamExecutionEnvironment env, BatchFeatureView view, Map<String, String> environment) {
    StreamTableEnvironment tables =
        StreamTableEnvironment.create(env, EnvironmentSettings.newInstance().inBatchMode().build());
    tables.getConfig().set("table.local-time-zone", "UTC");
    tables.getConfig().set("table.exec.uid.generation", "ALWAYS");
    tables
        .getConfig()
        .set("table.exec.uid.format", "query-" + view.name() + "-<id>_<transformation>");
    for (BatchTable table : view.tables()) {
      create(tables, view, table, environment);
    }
    Table result;
    try {
      result = tables.sqlQuery(view.query());
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "view '%s': Flink refuses the query: %s".formatted(view.name(), SqlErrors.text(e)), e);
    }
    ColumnCheck.check(view, result.getResolvedSchema());
    return new BatchQuery(view, tables, result);
  }

  private static void create(
      StreamTableEnvironment tables,
      BatchFeatureView view,
      BatchTable table,
      Map<String, String> environment) {
    checkTypes(view, table);
    try {
      Schema.Builder schema = Schema.newBuilder();
      table.columns().forEach(column -> schema.column(column.name(), column.sqlType()));
      TableDescriptor.Builder descriptor =
          TableDescriptor.forConnector(connector(table)).schema(schema.build());
      options(table, environment).forEach(descriptor::option);
      tables.createTemporaryTable(table.name(), descriptor.build());
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "view '%s': table '%s': %s".formatted(view.name(), table.name(), SqlErrors.text(e)), e);
    }
  }

  private static void checkTypes(BatchFeatureView view, BatchTable table) {
    List<String> problems = new ArrayList<>();
    for (BatchTable.Column column : table.columns()) {
      if (!isType(column.sqlType())) {
        problems.add(
            "view '%s': table '%s', column '%s': found the type '%s', expected one of Flink SQL, such as BIGINT or TIMESTAMP(3)"
                .formatted(view.name(), table.name(), column.name(), column.sqlType()));
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join(System.lineSeparator(), problems));
    }
  }

  private static boolean isType(String text) {
    try {
      return !LogicalTypeParser.parse(text, BatchQuery.class.getClassLoader())
          .is(LogicalTypeRoot.UNRESOLVED);
    } catch (ValidationException e) {
      return false;
    }
  }

  private static Map<String, String> options(BatchTable table, Map<String, String> environment) {
    Map<String, String> options = new LinkedHashMap<>(table.options(environment));
    if (isJdbc(table)) {
      JDBC_DEFAULTS.forEach(options::putIfAbsent);
    }
    return options;
  }

  private static String connector(BatchTable table) {
    return String.valueOf(table.options().get(BatchTable.CONNECTOR));
  }

  /** Whether JDBC reads the table. */
  static boolean isJdbc(BatchTable table) {
    return connector(table).equals(JDBC);
  }

  /**
   * The query's rows in a range, and those without an event timestamp: the columns of {@link
   * QueryColumns}. Flink asks the connector for these rows only, if it takes conditions.
   *
   * @param from the first event timestamp, in milliseconds; null for no bound
   * @param to the last one, all of its millisecond included
   */
  DataStream<Row> rows(@Nullable Long from, long to) {
    List<String> names = QueryColumns.of(view).names();
    Table columns =
        result.select(names.stream().map(name -> (Expression) $(name)).toArray(Expression[]::new));
    LogicalType type =
        result
            .getResolvedSchema()
            .getColumn(view.eventTimestamp())
            .orElseThrow()
            .getDataType()
            .getLogicalType();
    ApiExpression instant = $(view.eventTimestamp());
    ApiExpression comparable =
        type.is(LogicalTypeRoot.DATE) ? instant.cast(DataTypes.TIMESTAMP(MILLIS)) : instant;
    ApiExpression inRange = comparable.isLess(literal(to + 1, type));
    if (from != null) {
      inRange = comparable.isGreaterOrEqual(literal(from, type)).and(inRange);
    }
    return tables.toDataStream(columns.filter(instant.isNull().or(inRange)));
  }

  private static ApiExpression literal(long millis, LogicalType type) {
    Instant instant = Instant.ofEpochMilli(millis);
    if (type.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE)) {
      return lit(instant).cast(DataTypes.TIMESTAMP_LTZ(precision(type)));
    }
    return lit(LocalDateTime.ofInstant(instant, ZoneOffset.UTC))
        .cast(DataTypes.TIMESTAMP(precision(type)));
  }

  /** That of the column, at least milliseconds: the bounds have them. */
  private static int precision(LogicalType type) {
    if (type instanceof TimestampType timestamp) {
      return Math.max(MILLIS, timestamp.getPrecision());
    }
    return type instanceof LocalZonedTimestampType timestamp
        ? Math.max(MILLIS, timestamp.getPrecision())
        : MILLIS;
  }
}
