// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The benchmark in small: that it runs and that answers are right, not how fast. */
class ServingBenchmarkITCase {
  @Test
  void everyAnswerIsRight() {
    StringWriter out = new StringWriter();
    int status =
        ServingBenchmark.command()
            .setOut(new PrintWriter(out))
            .setExecutionExceptionHandler(ServingBenchmarkITCase::rethrow)
            .execute(
                "--entities=50",
                "--cells=50x3@50,widex1@50,250x1@50",
                "--rounds=1",
                "--seconds=0.2",
                "--warm-up=0.2");
    assertThat(out.toString())
        .contains("| features_50 | 3 | 50 | HTTP |", "| wide | 1 | 50 | Java client |")
        .contains("| bare HMGET of the one view |", "| HTTP, 50 features of five views |");
    assertThat(status).isZero();
  }

  private static int rethrow(Exception e, CommandLine command, CommandLine.ParseResult arguments)
      throws Exception {
    throw e;
  }
}
