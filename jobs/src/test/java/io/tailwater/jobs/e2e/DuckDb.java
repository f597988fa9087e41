// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import io.tailwater.aggregation.oracle.sql.DuckConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * SQL's own idea of the windows: DuckDB reads the CSV file and the offline table's Parquet files,
 * and compares them at every event instant. Its sum of doubles depends on order, so it sums whole
 * multiples of 2^-64 instead, which is exact; only turning that into a double may round twice, so
 * sums and averages may differ in the last bit here (another check has them to the bit).
 */
final class DuckDb extends DuckConnection {
  private static final List<Integer> DAYS = List.of(1, 7, 30);
  private static final double LAST_BIT = 0x1p-52;

  DuckDb(RetailFile file) throws SQLException {
    super(2);
    run("SET memory_limit = '1GB'");
    run("SET TimeZone = 'UTC'");
    run(
        """
        CREATE TABLE events AS
        SELECT stock_code, customer_id, strptime(invoice_date, '%%Y-%%m-%%d %%H:%%M:%%S') AS t,
          quantity * unit_price AS amount
        FROM read_csv('%s', header = true, columns = {'invoice': 'VARCHAR',
          'stock_code': 'VARCHAR', 'description': 'VARCHAR', 'quantity': 'INTEGER',
          'invoice_date': 'VARCHAR', 'unit_price': 'DOUBLE', 'customer_id': 'BIGINT',
          'country': 'VARCHAR'})
        """
            .formatted(file.path()));
  }

  /** How many lines DuckDB reads of the file. */
  long events() throws SQLException {
    return number("SELECT count(*) FROM events");
  }

  /** How many lines are too fine for exact sums of multiples of 2^-64. */
  long inexact() throws SQLException {
    return number(
        "SELECT count(*) FROM events WHERE amount * 0x1p64 <> floor(amount * 0x1p64)"
            .replace("0x1p64", "18446744073709551616.0::DOUBLE"));
  }

  /** How many rows the view has at event instants, counted in the events. */
  long instants(String key) throws SQLException {
    return number(
        "SELECT count(*) FROM (SELECT DISTINCT %1$s, t FROM events WHERE %1$s IS NOT NULL)"
            .formatted(key));
  }

  /** At how many event instants a row is missing or differs. */
  long differences(String key, List<String> parquetFiles) throws SQLException {
    String files =
        parquetFiles.stream().map("'%s'"::formatted).collect(Collectors.joining(", ", "[", "]"));
    return number(
        """
        WITH expected AS (SELECT DISTINCT %1$s, t, %2$s FROM events WHERE %1$s IS NOT NULL
          WINDOW %3$s),
        stored AS (FROM read_parquet(%4$s))
        SELECT count(*) FROM expected e LEFT JOIN stored s
          ON e.%1$s = s.%1$s AND e.t = s.event_timestamp::TIMESTAMP
        WHERE %5$s
        """
            .formatted(
                key,
                each(DuckDb::aggregates, ", "),
                each(days -> window(key, days), ", "),
                files,
                each(DuckDb::differs, " OR ")));
  }

  private static String aggregates(int days) {
    return """
    count(*) OVER w%1$d AS n%1$d, min(amount) OVER w%1$d AS a%1$d, max(amount) OVER w%1$d AS z%1$d,
    sum((amount * 18446744073709551616.0::DOUBLE)::HUGEINT) OVER w%1$d AS s%1$d"""
        .formatted(days);
  }

  private static String window(String key, int days) {
    return "w%d AS (PARTITION BY %s ORDER BY t RANGE BETWEEN INTERVAL %d DAYS PRECEDING AND CURRENT ROW)"
        .formatted(days, key, days);
  }

  private static String differs(int days) {
    return """
    s.lines_%1$dd IS DISTINCT FROM e.n%1$d OR s.least_%1$dd IS DISTINCT FROM e.a%1$d
    OR s.most_%1$dd IS DISTINCT FROM e.z%1$d OR %2$s OR %3$s"""
        .formatted(
            days,
            far("s.spend_%dd".formatted(days), "e.s%d::DOUBLE / 0x1p64".formatted(days)),
            far(
                "s.mean_%dd".formatted(days),
                "e.s%1$d::DOUBLE / 0x1p64 / e.n%1$d".formatted(days)));
  }

  private static String far(String stored, String exact) {
    String number = exact.replace("0x1p64", "18446744073709551616.0::DOUBLE");
    return "coalesce(abs(%1$s - (%2$s)) > abs(%2$s) * %3$s::DOUBLE, true)"
        .formatted(stored, number, 2 * LAST_BIT);
  }

  private static String each(java.util.function.IntFunction<String> part, String separator) {
    return IntStream.of(DAYS.stream().mapToInt(Integer::intValue).toArray())
        .mapToObj(part)
        .collect(Collectors.joining(separator));
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = connection().createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }
}
