// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.materialize;

import io.tailwater.jobs.materialize.Count;
import io.tailwater.jobs.materialize.ViewCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a materialization did.
 *
 * @param views in the order of definition
 * @param took from the job's submission to its end
 */
public record MaterializeReport(List<ViewCounts> views, Duration took) {
  public MaterializeReport {
    views = List.copyOf(views);
  }

  /** Whether every row of every query met one fate. */
  public boolean isBalanced() {
    return views.stream().allMatch(ViewCounts::isBalanced);
  }

  /** The report for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    views.forEach(view -> lines.add(line(view)));
    lines.add("%,.1f s.".formatted(took.toMillis() / 1000.0));
    return lines;
  }

  private static String line(ViewCounts view) {
    if (!view.isBatch()) {
      return "%s: %,d rows read of the offline table, %,d vectors to Redis"
          .formatted(view.view(), view.count(Count.READ), view.count(Count.VECTORS));
    }
    return "%s: query %,d %s written %,d + unchanged %,d + duplicate %,d + refused %,d; %,d vectors to Redis%s"
        .formatted(
            view.view(),
            view.count(Count.READ),
            view.isBalanced() ? "=" : "≠",
            view.count(Count.WRITTEN),
            view.count(Count.UNCHANGED),
            view.count(Count.DUPLICATE),
            view.count(Count.REFUSED),
            view.count(Count.VECTORS),
            view.isBalanced() ? "" : "  DOES NOT ADD UP");
  }

  /** The report for programs. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("views", views.stream().map(MaterializeReport::json).toList());
    json.put("balanced", isBalanced());
    json.put("seconds", took.toMillis() / 1000.0);
    return json;
  }

  private static Map<String, Object> json(ViewCounts view) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("view", view.view());
    json.put("kind", view.isBatch() ? "batch" : "events");
    json.put(Count.READ.label(), view.count(Count.READ));
    if (view.isBatch()) {
      for (Count count : List.of(Count.WRITTEN, Count.UNCHANGED, Count.DUPLICATE, Count.REFUSED)) {
        json.put(count.label(), view.count(count));
      }
    }
    json.put(Count.VECTORS.label(), view.count(Count.VECTORS));
    return json;
  }
}
