// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import io.tailwater.benchmarks.TailwaterWindows.Mode;
import java.time.Duration;
import java.util.List;

/**
 * The comparisons that exact windows were promised with: beside SQL's OVER with the same one
 * window, and beside themselves with more events, more windows, longer ones and late events.
 *
 * @param backend the state backend
 * @param live events of all customers in the longest window
 * @param measured events of a run's measured part at most
 */
record ExactSuite(String backend, int live, long measured) {
  /** The windows whose state is measured, and the events in the longest of them. */
  static final List<WindowSet> SIZED =
      List.of(
          WindowSet.parse("30d"),
          WindowSet.parse("1d,7d,30d"),
          WindowSet.parse("1h,6h,12h,1d,3d,7d,14d,30d"));

  static final List<Integer> SIZED_EVENTS = List.of(10, 100, 1_000);

  private static final WindowSet MONTH = WindowSet.parse("30d");
  private static final WindowSet DAY = WindowSet.parse("1d");
  private static final WindowSet EIGHT = SIZED.get(2);

  private static final int FEW = 100;
  private static final int MANY = 1_000;
  private static final int MOST = 10_000;

  List<Heat> heats() {
    return List.of(besideOverWithFew(), besideOverWithMany(), besideItself(), late());
  }

  private Heat besideOverWithFew() {
    Entrant arrival = tailwater(Mode.ON_ARRIVAL, MONTH, FEW);
    Entrant every = tailwater(Mode.EVERY_STEP, MONTH, FEW);
    Entrant over = Entrant.over(backend, workload(MONTH, FEW, 0));
    return new Heat(
        List.of(arrival, every, over),
        List.of(
            new Comparison("OVER, rows on arrival", arrival, over, 10),
            new Comparison("OVER, every step", every, over, 5)));
  }

  private Heat besideOverWithMany() {
    Entrant arrival = tailwater(Mode.ON_ARRIVAL, MONTH, MANY);
    Entrant over = Entrant.over(backend, workload(MONTH, MANY, 0));
    double target = backend.equals("hashmap") ? 40 : 75;
    return new Heat(
        List.of(arrival, over),
        List.of(new Comparison("OVER, rows on arrival", arrival, over, target)));
  }

  private Heat besideItself() {
    Entrant month = tailwater(Mode.ON_ARRIVAL, MONTH, FEW);
    Entrant most = tailwater(Mode.ON_ARRIVAL, MONTH, MOST);
    Entrant eight = tailwater(Mode.ON_ARRIVAL, EIGHT, FEW);
    Entrant day = tailwater(Mode.ON_ARRIVAL, DAY, FEW);
    return new Heat(
        List.of(month, most, eight, day),
        List.of(
            new Comparison("R = 100, for R = 10,000", most, month, 0.8),
            new Comparison("one window, for eight", eight, month, 0.6),
            new Comparison("1 day, for 30 days", month, day, 0.9)));
  }

  private Heat late() {
    Entrant none = late(0);
    Entrant some = late(10);
    Entrant many = late(100);
    return new Heat(
        List.of(none, some, many),
        List.of(
            new Comparison("in order, for 1 % late", some, none, 0),
            new Comparison("in order, for 10 % late", many, none, 0)));
  }

  private Entrant late(int perMille) {
    return Entrant.tailwater(backend, Mode.PROMPT, MONTH, workload(MONTH, FEW, perMille));
  }

  private Entrant tailwater(Mode mode, WindowSet windows, int eventsPerWindow) {
    return Entrant.tailwater(backend, mode, windows, workload(windows, eventsPerWindow, 0));
  }

  private Workload workload(WindowSet windows, int eventsPerWindow, int latePerMille) {
    Duration longest = windows.longest();
    int customers = Math.max(1, live / eventsPerWindow);
    return new Workload(customers, eventsPerWindow, longest, measured, latePerMille);
  }
}
