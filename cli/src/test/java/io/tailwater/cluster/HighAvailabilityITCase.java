// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cluster;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A JobManager that is killed, and another one that goes on by itself. */
@Tag("full")
@Tag("faults")
class HighAvailabilityITCase {
  @Test
  void nothingIsLostOrDoubled() throws Exception {
    try (ZooKeeperProcess zooKeeper = new ZooKeeperProcess();
        Installation installation =
            new Installation(
                "high-availability",
                ClusterFaultsITCase.EVENTS,
                ClusterFaultsITCase.SEED,
                zooKeeper.settings())) {
      installation.startStream();
      installation.awaitMiddle(0.5);

      installation.strike(HighAvailabilityITCase::replaceJobManager);
      installation.awaitEnd();
      installation.check();
    }
  }

  private static void replaceJobManager(Installation installation) throws Exception {
    installation.flink().jobManager().kill();
    installation.flink().startJobManager();
  }
}
