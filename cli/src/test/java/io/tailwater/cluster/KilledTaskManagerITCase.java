// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cluster;

import org.junit.jupiter.api.Test;

/** The smallest of the cluster's tests: the one that every build runs. */
class KilledTaskManagerITCase {
  private static final int EVENTS = 8_000;
  private static final long SEED = 7;

  @Test
  void nothingIsLostOrDoubled() throws Exception {
    try (Installation installation = new Installation("task-manager-killed-short", EVENTS, SEED)) {
      installation.startStream();
      installation.awaitMiddle(0.2);
      installation.strike(Faults.TASK_MANAGER_KILLED);
      installation.awaitEnd();
      installation.check();
    }
  }
}
