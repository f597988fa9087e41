// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every fault of a process in the middle of all events, and some in a row: the stores end with what
 * a recomputation says, and every event met its verdict once.
 */
@Tag("full")
@Tag("faults")
class ClusterFaultsITCase {
  static final int EVENTS = Integer.getInteger("tailwater.faults.events", 200_000);
  static final long SEED = Long.getLong("tailwater.faults.seed", 7);
  private static final int IN_A_ROW = 3;

  @ParameterizedTest
  @EnumSource(Faults.class)
  void nothingIsLostOrDoubledByOne(Faults fault) throws Exception {
    run(fault.name().toLowerCase(Locale.ROOT).replace('_', '-'), List.of(fault));
  }

  @Test
  void nothingIsLostOrDoubledBySomeInARow() throws Exception {
    List<Faults> faults = new ArrayList<>(List.of(Faults.values()));
    Collections.shuffle(faults, new Random(SEED));
    run("some-in-a-row", faults.subList(0, IN_A_ROW));
  }

  private static void run(String name, List<Faults> faults) throws Exception {
    try (Installation installation = new Installation(name, EVENTS, SEED)) {
      installation.startStream();
      for (int i = 0; i < faults.size(); i++) {
        installation.awaitMiddle((i + 1.0) / (faults.size() + 1));
        installation.strike(faults.get(i));
      }
      installation.awaitEnd();
      for (Faults fault : faults) {
        fault.mend(installation);
      }
      installation.check();
    }
  }
}
