// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

/**
 * A contender with the events that it gets.
 *
 * @param backend the state backend
 * @param windows as the tables call them
 */
record Entrant(String backend, Contender contender, String windows, Workload workload) {
  /** Tailwater with some windows. */
  static Entrant tailwater(
      String backend, TailwaterWindows.Mode mode, WindowSet windows, Workload workload) {
    return new Entrant(backend, new TailwaterWindows(mode, windows), windows.label(), workload);
  }

  /** SQL's OVER with the longest of a workload's windows. */
  static Entrant over(String backend, Workload workload) {
    return new Entrant(
        backend,
        new SqlOver(workload.longestWindow()),
        WindowSet.name(workload.longestWindow()),
        workload);
  }

  /** The share of events that are late, as the tables say it. */
  String lateness() {
    return workload.latePerMille() == 0
        ? "none"
        : "%s %%".formatted(workload.latePerMille() / 10.0);
  }
}
