// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Medians as a table in Markdown. */
final class Report {
  /** Of which several runs were measured. */
  record Cell(String backend, int eventsPerWindow, String contender) {}

  private final PrintWriter out;
  private final Map<Cell, List<Measurement>> runs = new LinkedHashMap<>();

  Report(PrintWriter out) {
    this.out = out;
  }

  void add(Cell cell, Measurement measurement) {
    runs.computeIfAbsent(cell, key -> new ArrayList<>()).add(measurement);
    out.printf(
        Locale.ROOT,
        "%s, %d events in 30 d, %s: %d events, %.2f µs CPU and %.2f µs wall an event, %.2f rows%n",
        cell.backend(),
        cell.eventsPerWindow(),
        cell.contender(),
        measurement.events(),
        measurement.cpuMicrosPerEvent(),
        measurement.wallMicrosPerEvent(),
        measurement.rowsPerEvent());
    out.flush();
  }

  void print() {
    out.println();
    out.println(
        "| state | R | contender | CPU µs per event | events/s (wall) | rows per event | runs: CPU µs, least – most |");
    out.println("|---|---|---|---|---|---|---|");
    runs.forEach(this::print);
    out.println();
    out.println("| state | R | OVER beside | its CPU / ours | its time / ours |");
    out.println("|---|---|---|---|---|");
    runs.keySet().stream()
        .filter(cell -> !cell.contender().equals(SqlOver.LABEL))
        .forEach(this::printRatio);
    out.flush();
  }

  private void print(Cell cell, List<Measurement> measurements) {
    List<Double> cpu = measurements.stream().map(Measurement::cpuMicrosPerEvent).sorted().toList();
    out.printf(
        Locale.ROOT,
        "| %s | %,d | %s | %.2f | %,.0f | %.2f | %.2f – %.2f |%n",
        cell.backend(),
        cell.eventsPerWindow(),
        cell.contender(),
        median(measurements, Measurement::cpuMicrosPerEvent),
        1e6 / median(measurements, Measurement::wallMicrosPerEvent),
        median(measurements, Measurement::rowsPerEvent),
        cpu.get(0),
        cpu.get(cpu.size() - 1));
  }

  private void printRatio(Cell cell) {
    List<Measurement> ours = runs.getOrDefault(cell, List.of());
    List<Measurement> theirs =
        runs.get(new Cell(cell.backend(), cell.eventsPerWindow(), SqlOver.LABEL));
    if (theirs != null) {
      out.printf(
          Locale.ROOT,
          "| %s | %,d | %s | %.1f | %.1f |%n",
          cell.backend(),
          cell.eventsPerWindow(),
          cell.contender(),
          median(theirs, Measurement::cpuMicrosPerEvent)
              / median(ours, Measurement::cpuMicrosPerEvent),
          median(theirs, Measurement::wallMicrosPerEvent)
              / median(ours, Measurement::wallMicrosPerEvent));
    }
  }

  private static double median(
      List<Measurement> measurements, ToDoubleFunction<Measurement> value) {
    double[] sorted = measurements.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
