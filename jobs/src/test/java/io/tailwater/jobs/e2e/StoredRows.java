// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.flink.CatalogLoader;

/** Reads an offline table by entity. */
final class StoredRows {
  private StoredRows() {}

  /** Each entity's rows as they stand there, by instant, then creation. The view has one key. */
  static Map<Object, List<StepRow>> read(CatalogLoader catalog, Project project, FeatureView view)
      throws IOException {
    Map<Object, List<StepRow>> rows = new HashMap<>();
    try (OfflineTableReader reader = OfflineTableReader.open(catalog, project.name(), view)) {
      reader.forEach(
          row -> rows.computeIfAbsent(row.key()[0], key -> new ArrayList<>()).add(StepRow.of(row)));
    }
    Comparator<StepRow> order =
        Comparator.comparingLong(StepRow::instant).thenComparingLong(StepRow::created);
    rows.values().forEach(entity -> entity.sort(order));
    return rows;
  }

  /** Of the rows of one instant the one that counts: the latest created. */
  static List<StepRow> latest(List<StepRow> rows) {
    List<StepRow> latest = new ArrayList<>();
    for (StepRow row : rows) {
      int last = latest.size() - 1;
      if (last >= 0 && latest.get(last).instant() == row.instant()) {
        latest.set(last, row);
      } else {
        latest.add(row);
      }
    }
    return latest;
  }
}
