// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.deadletters;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the letters that were meant.
 *
 * @param counts by verdict, how many of each code
 * @param missingTopics topics of dead letters that are not there
 */
public record ReplaySummary(
    Map<ReplayVerdict, Map<String, Long>> counts, List<String> missingTopics) {
  public ReplaySummary {
    Map<ReplayVerdict, Map<String, Long>> copy = new EnumMap<>(ReplayVerdict.class);
    counts.forEach((verdict, byCode) -> copy.put(verdict, new TreeMap<>(byCode)));
    counts = copy;
    missingTopics = List.copyOf(missingTopics);
  }

  /** How many letters have that verdict. */
  public long count(ReplayVerdict verdict) {
    return counts.getOrDefault(verdict, Map.of()).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }
}
