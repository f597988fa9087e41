// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks.backfill;

import java.util.Comparator;
import java.util.List;

/**
 * What a contender's JVM has measured.
 *
 * @param rounds in their order, none missing
 * @param heapBytes the most that was on the heap right after a collection
 * @param residentBytes the most that the process had in memory
 * @param wholeSeconds from the start of the JVM to its end
 */
record Outcome(List<Round> rounds, long heapBytes, long residentBytes, double wholeSeconds) {
  Outcome {
    rounds = List.copyOf(rounds);
  }

  /** The time that the work took, and its CPU time on all threads. */
  record Round(double seconds, double cpuMicros) {}

  Round first() {
    return rounds.get(0);
  }

  Round best() {
    return rounds.stream().min(Comparator.comparingDouble(Round::seconds)).orElseThrow();
  }
}
