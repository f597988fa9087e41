// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import io.tailwater.definitions.evolution.Readiness.Cause;
import io.tailwater.definitions.model.BatchFeatureView;
import io.tailwater.definitions.model.BatchTable;
import io.tailwater.definitions.model.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Columns of a query: of what it says, nobody knows which of them it decides. */
final class BatchLeaves implements Leaves {
  private final List<Difference> ofQuery;

  /**
   * @param before null if there was none
   */
  BatchLeaves(@Nullable BatchFeatureView before, BatchFeatureView after) {
    this.ofQuery = before == null ? List.of() : ofQuery(before, after);
  }

  /** What may make other rows. */
  static List<Difference> ofQuery(BatchFeatureView before, BatchFeatureView after) {
    List<Difference> differences = new ArrayList<>();
    if (!before.query().equals(after.query())) {
      differences.add(new Difference("query", null, null));
    }
    if (!columns(before).equals(columns(after))) {
      differences.add(new Difference("tables", null, null));
    }
    if (!before.eventTimestamp().equals(after.eventTimestamp())) {
      differences.add(
          new Difference("event_timestamp", before.eventTimestamp(), after.eventTimestamp()));
    }
    return differences;
  }

  /** Where a table stands may change without its rows: that is no difference. */
  static Map<String, List<BatchTable.Column>> columns(BatchFeatureView view) {
    Map<String, List<BatchTable.Column>> columns = new TreeMap<>();
    view.tables().forEach(table -> columns.put(table.name(), table.columns()));
    return columns;
  }

  @Override
  public List<Difference> differences(Feature before, Feature after) {
    return ofQuery;
  }

  @Override
  public Readiness readiness(Feature after) {
    return new Readiness(0, Cause.QUERY);
  }
}
