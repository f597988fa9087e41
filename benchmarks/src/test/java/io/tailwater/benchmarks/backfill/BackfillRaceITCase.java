// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The race in small, without Spark: that it runs and that answers are right, not how fast. */
class BackfillRaceITCase {
  @Test
  void everyRowIsRight() {
    StringWriter out = new StringWriter();
    int status =
        BackfillRace.command()
            .setOut(new PrintWriter(out))
            .setExecutionExceptionHandler(BackfillRaceITCase::rethrow)
            .execute(
                "--contenders=duckdb,tailwater", "--events=5000", "--customers=20", "--rounds=1");
    assertThat(out.toString())
        .contains("| Tailwater |", "DuckDB: 5,000 rows", "Tailwater: ", "as they should be");
    assertThat(status).isZero();
  }

  private static int rethrow(Exception e, CommandLine command, CommandLine.ParseResult arguments)
      throws Exception {
    throw e;
  }
}
