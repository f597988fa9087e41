// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.backfill;

import java.nio.file.Path;

/** Who takes part. */
enum Engine {
  TAILWATER("Tailwater"),
  DUCKDB("DuckDB"),
  SPARK("Spark SQL");

  private final String label;

  Engine(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** The Parquet files that a round has left in its folder, as DuckDB names them. */
  String files(Path output) {
    return switch (this) {
      case TAILWATER -> Tailwater.files(output);
      case DUCKDB -> DuckDb.files(output);
      case SPARK -> output.resolve("*.parquet").toString();
    };
  }
}
