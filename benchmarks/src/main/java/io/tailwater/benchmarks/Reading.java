// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The clocks at one moment of a run.
 *
 * @param events events worked off
 * @param rows rows that have come out
 * @param cpuNanos CPU time of the process: all threads, garbage collection and compilation included
 * @param wallNanos of an arbitrary origin
 */
record Reading(long events, long rows, long cpuNanos, long wallNanos) {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  static Reading now(long events, long rows) {
    return new Reading(events, rows, cpu(), System.nanoTime());
  }

  static long cpu() {
    return SYSTEM.getProcessCpuTime();
  }

  Measurement until(Reading later) {
    return new Measurement(
        later.events - events,
        later.rows - rows,
        later.cpuNanos - cpuNanos,
        later.wallNanos - wallNanos);
  }
}
