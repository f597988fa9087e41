// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures Tailwater's three windows beside SQL's one. See README.md. */
@Command(
    name = "benchmarks/run",
    mixinStandardHelpOptions = true,
    description = "Three sliding windows of Tailwater beside one of Flink SQL's OVER.",
    showDefaultValues = true)
public final class SlidingWindows implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--backends",
      split = ",",
      defaultValue = "hashmap,rocksdb",
      description = "State backends.")
  private List<String> backends;

  @Option(
      names = "--events-per-window",
      split = ",",
      defaultValue = "100,1000",
      description = "Events of one customer in 30 days.")
  private List<Integer> eventsPerWindow;

  @Option(
      names = "--live",
      defaultValue = "50000",
      description = "Events of all customers in 30 days.")
  private int live;

  @Option(
      names = "--contenders",
      split = ",",
      defaultValue = "every-step,on-arrival,over",
      description = "Who takes part.")
  private List<String> contenders;

  @Option(names = "--repetitions", defaultValue = "5", description = "Runs of each contender.")
  private int repetitions;

  @Option(
      names = "--warm-ups",
      defaultValue = "1",
      description = "Runs of each contender before, which do not count.")
  private int warmUps;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "CPU time of a run's measured part.")
  private int seconds;

  @Option(
      names = "--events",
      defaultValue = "2000000",
      description = "Events of a run's measured part at most.")
  private long events;

  /** For picocli. */
  @SuppressWarnings("NullAway.Init") // picocli fills the fields in
  public SlidingWindows() {}

  /** Prints the tables. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SlidingWindows()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Report report = new Report(out);
    for (String backend : backends) {
      try (Race race = new Race(backend)) {
        for (int each : eventsPerWindow) {
          Workload workload = new Workload(Math.max(1, live / each), each, events);
          measure(race, backend, workload, report);
        }
      }
    }
    report.print();
    return 0;
  }

  private void measure(Race race, String backend, Workload workload, Report report)
      throws Exception {
    for (int run = -warmUps; run < repetitions; run++) {
      for (Contender contender : inTurn(run)) {
        Measurement measurement = race.run(contender, workload, Duration.ofSeconds(seconds));
        if (run >= 0) {
          report.add(
              new Report.Cell(backend, workload.eventsPerWindow(), contender.label()), measurement);
        }
      }
    }
  }

  private static Contender contender(String name) {
    return switch (name) {
      case "every-step" -> new TailwaterWindows(TailwaterWindows.Mode.EVERY_STEP);
      case "on-arrival" -> new TailwaterWindows(TailwaterWindows.Mode.ON_ARRIVAL);
      case "over" -> new SqlOver();
      default ->
          throw new IllegalArgumentException(
              "--contenders: found '%s', expected every-step, on-arrival or over".formatted(name));
    };
  }

  /** Who goes first changes. */
  private List<Contender> inTurn(int run) {
    List<Contender> all = new ArrayList<>();
    for (String name : contenders) {
      all.add(run % 2 == 0 ? all.size() : 0, contender(name));
    }
    return all;
  }
}
