// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.stream;

import io.tailwater.cli.report.AccountingText;
import io.tailwater.jobs.accounting.ViewAccounting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run did.
 *
 * @param accounting of every view
 * @param took from the job's submission to its end
 */
public record StreamReport(List<ViewAccounting> accounting, Duration took) {
  public StreamReport {
    accounting = List.copyOf(accounting);
  }

  /** Whether every event that was read met exactly one verdict. */
  public boolean isBalanced() {
    return accounting.stream().allMatch(ViewAccounting::isBalanced);
  }

  /** The report for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(AccountingText.lines(accounting));
    lines.add(
        "%,d events in %,.1f s, %,.0f/s."
            .formatted(read(), took.toMillis() / 1000.0, eventsPerSecond()));
    return lines;
  }

  /** The report for programs. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("views", accounting.stream().map(AccountingText::json).toList());
    json.put("balanced", isBalanced());
    json.put("seconds", took.toMillis() / 1000.0);
    json.put("events_per_second", eventsPerSecond());
    return json;
  }

  /** Records read, each source's once. */
  private long read() {
    Map<String, Long> bySource = new LinkedHashMap<>();
    accounting.forEach(view -> bySource.put(view.source(), view.read()));
    return bySource.values().stream().mapToLong(Long::longValue).sum();
  }

  private double eventsPerSecond() {
    return read() * 1000.0 / Math.max(1, took.toMillis());
  }
}
