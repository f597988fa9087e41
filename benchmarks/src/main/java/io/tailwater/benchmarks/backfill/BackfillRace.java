// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.backfill;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a backfill beside DuckDB and Spark SQL on the same file. See README.md. */
@Command(
    name = "benchmarks/run backfill",
    mixinStandardHelpOptions = true,
    description = "A backfill of two years beside DuckDB's and Spark SQL's window functions.",
    showDefaultValues = true)
public final class BackfillRace implements Callable<Integer> {
  private static final double MIB = 1 << 20;
  private static final List<Long> HISTORIES = List.of(2_500_000L, 10_000_000L);

  @Spec private CommandSpec spec;

  @Option(names = "--events", defaultValue = "2500000", description = "Events of the history.")
  private long events;

  @Option(names = "--customers", defaultValue = "10000", description = "Customers who buy.")
  private int customers;

  @Option(
      names = "--contenders",
      split = ",",
      defaultValue = "duckdb,tailwater,spark",
      description = "Who takes part, one after the other: duckdb, tailwater, spark.")
  private List<Engine> contenders;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Backfills of each contender, in one JVM: the first one warms it up.")
  private int rounds;

  @Option(names = "--heap", defaultValue = "2g", description = "-Xmx of each contender's JVM.")
  private String heap;

  @Option(names = "--threads", defaultValue = "2", description = "Threads of each contender.")
  private int threads;

  @Option(
      names = "--memory",
      description =
          "Tailwater alone, once on 2.5 and once on 10 million events with the same --heap,"
              + " whatever --events and --rounds say.")
  private boolean memory;

  @Option(names = "--spark-classpath", hidden = true)
  private @Nullable String sparkClasspath;

  /** For picocli. */
  @SuppressWarnings("NullAway.Init") // picocli fills the fields in
  public BackfillRace() {}

  /** Prints the table. */
  public static void main(String[] arguments) {
    System.exit(command().execute(arguments));
  }

  static CommandLine command() {
    return new CommandLine(new BackfillRace()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("tailwater-backfill-");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
      ChildJvm child = new ChildJvm(heap, threads, sparkClasspath);
      if (memory) {
        measureMemory(duck, child, folder);
      } else {
        race(duck, child, folder);
      }
    } finally {
      delete(folder);
    }
    return 0;
  }

  private void race(Connection duck, ChildJvm child, Path folder) throws Exception {
    Path history = folder.resolve("sales.parquet");
    new SalesHistory(events, customers).write(duck, history);
    Map<Engine, Outcome> outcomes = new EnumMap<>(Engine.class);
    for (Engine engine : contenders) {
      outcomes.put(engine, child.run(engine, history, folder.resolve(engine.name()), rounds));
    }
    print(outcomes);
    if (outcomes.containsKey(Engine.DUCKDB)) {
      check(duck, history, folder);
    }
  }

  /** DuckDB's last answer is what the others' are held against. */
  private void check(Connection duck, Path history, Path folder) throws Exception {
    Answers answers = new Answers(duck, history);
    String theirs = last(Engine.DUCKDB, folder);
    for (Engine engine : contenders) {
      long rows =
          engine == Engine.TAILWATER
              ? answers.checkOurs(last(engine, folder), theirs)
              : answers.checkTheirs(last(engine, folder), theirs);
      out().printf(Locale.ROOT, "%s: %,d rows, as they should be%n", engine.label(), rows);
    }
    out().flush();
  }

  private String last(Engine engine, Path folder) {
    return engine.files(folder.resolve(engine.name()).resolve(String.valueOf(rounds)));
  }

  private void print(Map<Engine, Outcome> outcomes) {
    out()
        .printf(
            Locale.ROOT,
            "%,d events of %,d customers, -Xmx%s, %d threads%n%n",
            events,
            customers,
            heap,
            threads);
    out()
        .println(
            "| contender | events/s, best round | our rate / its | events/s, first round | whole process, s | CPU µs per event, best round | most on the heap after GC, MiB | peak RSS, MiB |");
    out().println("|---|---|---|---|---|---|---|---|");
    Outcome ours = outcomes.get(Engine.TAILWATER);
    outcomes.forEach(
        (engine, outcome) ->
            out()
                .printf(
                    Locale.ROOT,
                    "| %s | %,.0f | %s | %,.0f | %.1f | %.2f | %,.0f | %,.0f |%n",
                    engine.label(),
                    events / outcome.best().seconds(),
                    ours == null
                        ? ""
                        : "%.2f".formatted(outcome.best().seconds() / ours.best().seconds()),
                    events / outcome.first().seconds(),
                    outcome.wholeSeconds(),
                    outcome.best().cpuMicros() / events,
                    outcome.heapBytes() / MIB,
                    outcome.residentBytes() / MIB));
    out().println();
    out().flush();
  }

  private void measureMemory(Connection duck, ChildJvm child, Path folder) throws Exception {
    out().println("| events | -Xmx | most on the heap after GC, MiB | peak RSS, MiB | events/s |");
    out().println("|---|---|---|---|---|");
    for (long size : HISTORIES) {
      Path history = folder.resolve("sales-%d.parquet".formatted(size));
      new SalesHistory(size, customers).write(duck, history);
      Path output = folder.resolve(String.valueOf(size));
      Outcome outcome = child.run(Engine.TAILWATER, history, output, 1);
      delete(output);
      out()
          .printf(
              Locale.ROOT,
              "| %,d | %s | %,.0f | %,.0f | %,.0f |%n",
              size,
              heap,
              outcome.heapBytes() / MIB,
              outcome.residentBytes() / MIB,
              size / outcome.first().seconds());
      out().flush();
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.sorted(Comparator.reverseOrder()).forEach(BackfillRace::deleteFile);
    }
  }

  private static void deleteFile(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
