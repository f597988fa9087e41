// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.cli.report.AccountingText;
import io.tailwater.cli.report.Freshness;
import io.tailwater.cli.report.StoreCounts;
import io.tailwater.jobs.accounting.ViewAccounting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a demo run found.
 *
 * @param counts what the job counted, by view and source
 * @param expected what it should have counted, in the same order
 * @param eventsPerSecond in the replay of history
 * @param compared vectors and rows that were recomputed
 * @param differences between stored and recomputed
 * @param examples the first of the differences
 */
record DemoReport(
    long seed,
    List<ViewAccounting> counts,
    List<ViewAccounting> expected,
    List<StoreCounts> stores,
    double eventsPerSecond,
    Freshness freshness,
    long compared,
    long differences,
    List<String> examples) {

  /** Whether nothing differs, and every event met the verdict that it was made for. */
  boolean isPerfect() {
    return differences == 0
        && counts.equals(expected)
        && counts.stream().allMatch(ViewAccounting::isBalanced);
  }

  /** The report for people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("What became of the events, by view:");
    List<String> counted = AccountingText.lines(counts);
    List<String> due = AccountingText.lines(expected);
    for (int i = 0; i < counted.size(); i++) {
      lines.add("  " + counted.get(i));
      if (!counts.get(i).equals(expected.get(i))) {
        lines.add("  EXPECTED " + due.get(i));
      }
    }
    for (StoreCounts store : stores) {
      lines.add(
          "  %s: %,d vectors in Redis, %,d rows in Iceberg"
              .formatted(store.view(), store.onlineKeys(), store.offlineRows()));
    }
    lines.add(
        "Replay of history: %,.0f events/s. Freshness, Kafka to Redis: p50 %.0f ms, p99 %.0f ms, p99.9 %.0f ms (%,d events)."
            .formatted(
                eventsPerSecond,
                freshness.p50Millis(),
                freshness.p99Millis(),
                freshness.p999Millis(),
                freshness.samples()));
    examples.forEach(example -> lines.add("  DIFFERENCE " + example));
    lines.add(
        "Recomputed %,d stored vectors from the events: %,d differences."
            .formatted(compared, differences));
    return lines;
  }

  /** The report for programs. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seed", seed);
    json.put("views", counts.stream().map(AccountingText::json).toList());
    json.put("expected_views", expected.stream().map(AccountingText::json).toList());
    json.put("stores", stores.stream().map(DemoReport::json).toList());
    json.put("events_per_second", eventsPerSecond);
    json.put("freshness_ms", json(freshness));
    json.put("compared", compared);
    json.put("differences", differences);
    json.put("examples", examples);
    json.put("perfect", isPerfect());
    return json;
  }

  private static Map<String, Object> json(StoreCounts store) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("view", store.view());
    json.put("online_keys", store.onlineKeys());
    json.put("offline_rows", store.offlineRows());
    return json;
  }

  private static Map<String, Object> json(Freshness freshness) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("samples", freshness.samples());
    json.put("p50", freshness.p50Millis());
    json.put("p99", freshness.p99Millis());
    json.put("p99_9", freshness.p999Millis());
    return json;
  }
}
