// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.backfill;

import java.nio.file.Path;

/** What a contender's own JVM runs: {@code NAME EVENTS FOLDER ROUNDS THREADS}. */
public final class ContenderMain {
  private ContenderMain() {}

  /** Runs the contender. */
  public static void main(String[] arguments) throws Exception {
    Path events = Path.of(arguments[1]);
    Path folder = Path.of(arguments[2]);
    int rounds = Integer.parseInt(arguments[3]);
    int threads = Integer.parseInt(arguments[4]);
    switch (Engine.valueOf(arguments[0])) {
      case TAILWATER -> Tailwater.measure(events, folder, rounds, threads);
      case DUCKDB -> DuckDb.measure(events, folder, rounds, threads);
      case SPARK -> throw new IllegalArgumentException("Spark has a main of its own");
    }
  }
}
