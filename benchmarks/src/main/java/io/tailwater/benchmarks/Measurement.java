// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

/**
 * The measured part of a run.
 *
 * @param events events worked off
 * @param rows rows that came out
 * @param cpuNanos CPU time of the process
 * @param wallNanos time that passed
 */
record Measurement(long events, long rows, long cpuNanos, long wallNanos) {
  double cpuMicrosPerEvent() {
    return cpuNanos / 1e3 / events;
  }

  double wallMicrosPerEvent() {
    return wallNanos / 1e3 / events;
  }

  double rowsPerEvent() {
    return (double) rows / events;
  }
}
