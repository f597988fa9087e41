// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import io.tailwater.aggregation.oracle.NaiveEvent;
import io.tailwater.aggregation.oracle.NaiveViews;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.program.ViewProgram;
import io.tailwater.stores.OnlineVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a vector is what the first lines of both partitions of a {@link CutLog} say at its as-of,
 * as many as it counts: whatever else has been read, and by whom.
 */
final class PrefixTruth {
  private final CutLog log;
  private final FeatureView view;

  PrefixTruth(CutLog log, FeatureView view) {
    this.log = log;
    this.view = view;
  }

  /**
   * @param withoutTooLate for a writer that has seen the lines one by one
   */
  boolean holds(long customer, OnlineVector vector, boolean withoutTooLate) {
    List<List<CutLog.Line>> byPartition = lines(customer, withoutTooLate);
    for (int first = 0; first <= byPartition.get(0).size(); first++) {
      for (int second = 0; second <= byPartition.get(1).size(); second++) {
        Set<CutLog.Line> known = new HashSet<>(byPartition.get(0).subList(0, first));
        known.addAll(byPartition.get(1).subList(0, second));
        if (holds(known, vector)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a vector is what all lines say at its as-of. */
  boolean isWhole(long customer, OnlineVector vector) {
    Map<String, CutLog.Line> known = new HashMap<>();
    lines(customer, false).stream()
        .flatMap(List::stream)
        .forEach(line -> known.put(line.id(), line));
    return holds(Set.copyOf(known.values()), vector);
  }

  private List<List<CutLog.Line>> lines(long customer, boolean withoutTooLate) {
    List<List<CutLog.Line>> byPartition = List.of(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < log.size(); i++) {
      CutLog.Line line = log.lines().get(i);
      if (line.customer() == customer && !(withoutTooLate && log.isTooLate(i))) {
        byPartition.get(line.partition()).add(line);
      }
    }
    return byPartition;
  }

  private boolean holds(Set<CutLog.Line> known, OnlineVector vector) {
    List<NaiveEvent> events =
        known.stream().map(line -> NaiveEvent.of(line.time(), line.amount())).toList();
    return known.size() == vector.eventCount()
        && known.stream().allMatch(line -> line.time() <= vector.eventTimestamp())
        && NaiveViews.sameBits(
            vector.values(),
            new NaiveViews(ViewProgram.planOf(view), events).at(vector.eventTimestamp()));
  }
}
