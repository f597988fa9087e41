// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import io.tailwater.benchmarks.TailwaterWindows.Mode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures Tailwater's windows beside SQL's one and beside themselves. See README.md. */
@Command(
    name = "benchmarks/run",
    mixinStandardHelpOptions = true,
    description = "Sliding windows of Tailwater beside one of Flink SQL's OVER.",
    showDefaultValues = true)
public final class SlidingWindows implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--suite",
      defaultValue = "none",
      description =
          "'exact': all comparisons of README.md, whatever --windows, --events-per-window,"
              + " --contenders and --late say. 'none': one comparison, as they say.")
  private String suite;

  @Option(
      names = "--backends",
      split = ",",
      defaultValue = "hashmap,rocksdb",
      description = "State backends.")
  private List<String> backends;

  @Option(
      names = "--windows",
      defaultValue = "30d",
      description = "Tailwater's windows, as in 1d,7d,30d; OVER has the longest of them.")
  private String windows;

  @Option(
      names = "--events-per-window",
      split = ",",
      defaultValue = "100,1000",
      description = "Events of one customer in the longest window.")
  private List<Integer> eventsPerWindow;

  @Option(
      names = "--live",
      split = ",",
      paramLabel = "BACKEND=EVENTS",
      defaultValue = "hashmap=200000,rocksdb=50000",
      description =
          "Events of all customers in that window. OVER takes long to fill more on RocksDB.")
  private Map<String, Integer> live;

  @Option(
      names = "--late",
      defaultValue = "0",
      description = "Of a thousand events, how many come late by up to an hour. Not for OVER.")
  private int late;

  @Option(
      names = "--contenders",
      split = ",",
      defaultValue = "every-step,on-arrival,over",
      description =
          "Who takes part: every-step, on-arrival, over, or prompt: every step, with a watermark"
              + " every few events, without which --late means little.")
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
      defaultValue = "6",
      description = "CPU time of a run's measured part.")
  private int seconds;

  @Option(
      names = "--events",
      split = ",",
      paramLabel = "BACKEND=EVENTS",
      defaultValue = "hashmap=1500000,rocksdb=400000",
      description = "Events of a run's measured part at most.")
  private Map<String, Long> events;

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
        for (Heat heat : heats(backend)) {
          run(race, heat, report);
        }
      }
    }
    report.print();
    if (suite.equals("exact")) {
      printExactSums(out, report);
      printSizes(out);
    }
    return 0;
  }

  /** Beside rows on arrival with one window, which the suite runs first on each backend. */
  private void printExactSums(PrintWriter out, Report report) {
    out.println();
    out.println("| state | exact sums cost, ns per event | of the whole | wanted |");
    out.println("|---|---|---|---|");
    for (Entrant entrant : report.first()) {
      ExactSumCost cost = new ExactSumCost(entrant.workload().customers());
      double nanos = cost.nanosPerEvent(entrant.backend().equals("rocksdb"));
      double whole = 1e3 * report.median(entrant, Measurement::cpuMicrosPerEvent);
      out.printf(
          Locale.ROOT,
          "| %s | %.0f | %.1f %% | ≤ 5 %% |%n",
          entrant.backend(),
          nanos,
          100 * nanos / whole);
    }
    out.flush();
  }

  private static void printSizes(PrintWriter out) {
    out.println();
    out.println(
        "| windows | R | entity's entry, B | log, B | log, B per event | all, B | wanted |");
    out.println("|---|---|---|---|---|---|---|");
    for (WindowSet set : ExactSuite.SIZED) {
      for (int each : ExactSuite.SIZED_EVENTS) {
        StateSize size = StateSize.measure(set, each);
        out.printf(
            Locale.ROOT,
            "| %s | %,d | %,.0f | %,.0f | %.1f | %,.0f | ≤ %,.0f |%n",
            set.label(),
            each,
            size.entry(),
            size.chunks(),
            size.chunks() / each,
            size.total(),
            StateSize.allowed(each));
      }
    }
    out.flush();
  }

  private List<Heat> heats(String backend) {
    int all = of(live, "--live", backend);
    long measured = of(events, "--events", backend);
    return switch (suite) {
      case "exact" -> new ExactSuite(backend, all, measured).heats();
      case "none" ->
          eventsPerWindow.stream().map(each -> heat(backend, each, all, measured)).toList();
      default ->
          throw new IllegalArgumentException(
              "--suite: found '%s', expected exact or none".formatted(suite));
    };
  }

  private static <T> T of(Map<String, T> values, String option, String backend) {
    T value = values.get(backend);
    if (value == null) {
      throw new IllegalArgumentException(
          "%s: found nothing for '%s', expected %s=EVENTS".formatted(option, backend, backend));
    }
    return value;
  }

  /** One heat of all contenders, each of ours beside OVER if it takes part. */
  private Heat heat(String backend, int each, int all, long measured) {
    WindowSet set = WindowSet.parse(windows);
    Workload workload = new Workload(Math.max(1, all / each), each, set.longest(), measured, late);
    List<Entrant> entrants = new ArrayList<>();
    for (String name : contenders) {
      entrants.add(entrant(name, backend, set, workload));
    }
    List<Comparison> comparisons = new ArrayList<>();
    for (Entrant entrant : entrants) {
      entrants.stream()
          .filter(other -> other.contender() instanceof SqlOver && !other.equals(entrant))
          .map(over -> new Comparison("OVER, " + entrant.contender().label(), entrant, over, 0))
          .forEach(comparisons::add);
    }
    return new Heat(entrants, comparisons);
  }

  private static Entrant entrant(String name, String backend, WindowSet set, Workload workload) {
    return switch (name) {
      case "every-step" -> Entrant.tailwater(backend, Mode.EVERY_STEP, set, workload);
      case "on-arrival" -> Entrant.tailwater(backend, Mode.ON_ARRIVAL, set, workload);
      case "prompt" -> Entrant.tailwater(backend, Mode.PROMPT, set, workload);
      case "over" -> Entrant.over(backend, workload);
      default ->
          throw new IllegalArgumentException(
              "--contenders: found '%s', expected every-step, on-arrival, prompt or over".formatted(name));
    };
  }

  /** Who goes first changes. */
  private void run(Race race, Heat heat, Report report) throws Exception {
    for (int run = -warmUps; run < repetitions; run++) {
      List<Entrant> inTurn = new ArrayList<>(heat.entrants());
      if (run % 2 != 0) {
        Collections.reverse(inTurn);
      }
      for (Entrant entrant : inTurn) {
        Measurement measurement =
            race.run(entrant.contender(), entrant.workload(), Duration.ofSeconds(seconds));
        if (run >= 0) {
          report.add(entrant, measurement);
        }
      }
    }
    report.compare(heat.comparisons());
  }
}
