// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import io.tailwater.stores.OfflineRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The offline rows of one entity against its recomputed steps.
 *
 * <p>Of rows with the same event timestamp the latest created counts. A row must be there at every
 * event and every change up to the watermark, and none beyond the horizon. Where a late event made
 * a change undone, the row that was written before stays and must be right, though nothing changes
 * at its instant any more.
 */
public final class OfflineComparison {
  private final Differences differences;
  private final String view;
  private final Horizon horizon;

  public OfflineComparison(Differences differences, String view, Horizon horizon) {
    this.differences = differences;
    this.view = view;
    this.horizon = horizon;
  }

  /** Compares one entity; {@code steps} and {@code rows} are empty where it is not known. */
  public void compare(String key, List<Step> steps, List<OfflineRow> rows) {
    Map<Long, OfflineRow> latest = latest(rows);
    for (Step step : steps) {
      if (step.instant() > horizon.latest()) {
        break;
      }
      OfflineRow row = latest.remove(step.instant());
      if (row != null) {
        differences.compare(place(key, step.instant()), step.values(), row.values());
      } else if (step.isRow() && step.instant() <= horizon.watermark()) {
        differences.report(place(key, step.instant()), "no row");
      }
    }
    latest.keySet().forEach(instant -> differences.report(place(key, instant), "a row too many"));
  }

  private static Map<Long, OfflineRow> latest(List<OfflineRow> rows) {
    Map<Long, OfflineRow> latest = new TreeMap<>();
    List<OfflineRow> inOrder = new ArrayList<>(rows);
    inOrder.sort(Comparator.comparingLong(OfflineRow::createdTimestamp));
    inOrder.forEach(row -> latest.put(row.eventTimestamp(), row));
    return latest;
  }

  private String place(String key, long instant) {
    return "offline %s[%s] at %s".formatted(view, key, Instant.ofEpochMilli(instant));
  }
}
