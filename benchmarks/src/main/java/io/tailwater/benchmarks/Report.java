// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Medians as tables in Markdown. */
final class Report {
  private final PrintWriter out;
  private final Map<Entrant, List<Measurement>> runs = new LinkedHashMap<>();
  private final List<Comparison> comparisons = new ArrayList<>();

  Report(PrintWriter out) {
    this.out = out;
  }

  void add(Entrant entrant, Measurement measurement) {
    runs.computeIfAbsent(entrant, key -> new ArrayList<>()).add(measurement);
    out.printf(
        Locale.ROOT,
        "%s, R = %d in %s, %s, late: %s: %d events, %.2f µs CPU and %.2f µs wall an event, %.2f rows%n",
        entrant.backend(),
        entrant.workload().eventsPerWindow(),
        entrant.windows(),
        entrant.contender().label(),
        entrant.lateness(),
        measurement.events(),
        measurement.cpuMicrosPerEvent(),
        measurement.wallMicrosPerEvent(),
        measurement.rowsPerEvent());
    out.flush();
  }

  void compare(List<Comparison> more) {
    comparisons.addAll(more);
  }

  void print() {
    out.println();
    out.println(
        "| state | R | windows | late | contender | CPU µs per event | events/s (wall) | rows per event | runs: CPU µs, least – most |");
    out.println("|---|---|---|---|---|---|---|---|---|");
    runs.forEach(this::print);
    out.println();
    out.println("| state | R | beside | its CPU / ours | its time / ours | wanted |");
    out.println("|---|---|---|---|---|---|");
    comparisons.forEach(this::print);
    out.flush();
  }

  private void print(Entrant entrant, List<Measurement> measurements) {
    List<Double> cpu = measurements.stream().map(Measurement::cpuMicrosPerEvent).sorted().toList();
    out.printf(
        Locale.ROOT,
        "| %s | %,d | %s | %s | %s | %.2f | %,.0f | %.2f | %.2f – %.2f |%n",
        entrant.backend(),
        entrant.workload().eventsPerWindow(),
        entrant.windows(),
        entrant.lateness(),
        entrant.contender().label(),
        median(measurements, Measurement::cpuMicrosPerEvent),
        1e6 / median(measurements, Measurement::wallMicrosPerEvent),
        median(measurements, Measurement::rowsPerEvent),
        cpu.get(0),
        cpu.get(cpu.size() - 1));
  }

  private void print(Comparison comparison) {
    out.printf(
        Locale.ROOT,
        "| %s | %,d | %s | %.2f | %.2f | %s |%n",
        comparison.measured().backend(),
        comparison.measured().workload().eventsPerWindow(),
        comparison.what(),
        ratio(comparison, Measurement::cpuMicrosPerEvent),
        ratio(comparison, Measurement::wallMicrosPerEvent),
        comparison.target() == 0 ? "" : "≥ %s".formatted(comparison.target()));
  }

  private double ratio(Comparison comparison, ToDoubleFunction<Measurement> cost) {
    return median(comparison.other(), cost) / median(comparison.measured(), cost);
  }

  /** Of each backend, the first entrant that has run. */
  Collection<Entrant> first() {
    Map<String, Entrant> first = new LinkedHashMap<>();
    runs.keySet().forEach(entrant -> first.putIfAbsent(entrant.backend(), entrant));
    return first.values();
  }

  /** The median of an entrant that has run. */
  double median(Entrant entrant, ToDoubleFunction<Measurement> value) {
    return median(requireNonNull(runs.get(entrant), "an entrant has not run"), value);
  }

  private static double median(
      List<Measurement> measurements, ToDoubleFunction<Measurement> value) {
    double[] sorted = measurements.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
