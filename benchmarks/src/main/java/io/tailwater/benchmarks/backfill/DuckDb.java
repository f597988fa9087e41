// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.backfill;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** DuckDB's window functions, from the Parquet file into another one. */
final class DuckDb {
  private DuckDb() {}

  static void measure(Path events, Path folder, int rounds, int threads) throws Exception {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("SET threads = " + threads);
      String query =
          SalesHistory.query(
              "'%s'".formatted(events),
              "ts",
              length -> "INTERVAL %d DAY".formatted(length.toDays()));
      Rounds.measure(
          rounds,
          folder,
          output ->
              statement.execute(
                  "COPY (%s) TO '%s' (FORMAT parquet, COMPRESSION zstd)"
                      .formatted(query, Files.createDirectories(output).resolve("rows.parquet"))));
    }
  }

  /** What a round has written. */
  static String files(Path output) {
    return output.resolve("rows.parquet").toString();
  }
}
