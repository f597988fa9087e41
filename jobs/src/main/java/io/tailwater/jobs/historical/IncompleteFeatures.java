// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical;

import io.tailwater.jobs.historical.join.JoinedView;
import io.tailwater.sinks.iceberg.SnapshotCompleteness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The features of a retrieval that are not fully known in all rows of their tables. */
final class IncompleteFeatures {
  private final List<Feature> features = new ArrayList<>();

  /**
   * A feature.
   *
   * @param firstLabel the earliest instant of a label that gets values of all events only
   */
  private record Feature(String view, String name, long completeFrom, long firstLabel) {}

  /** Those of views, as the snapshots that are read say. */
  static IncompleteFeatures of(Map<JoinedView, ViewTable> tables) {
    IncompleteFeatures incomplete = new IncompleteFeatures();
    tables.forEach(
        (view, table) -> {
          Map<String, Long> completeFrom = SnapshotCompleteness.of(table.table(), table.snapshot());
          for (String feature : view.features()) {
            Long instant =
                completeFrom.getOrDefault(
                    feature, completeFrom.get(view.formerNames().getOrDefault(feature, feature)));
            if (instant != null) {
              // A label that sees rows before its instant sees those of the millisecond before.
              boolean later = view.before() && instant != Long.MAX_VALUE;
              incomplete.features.add(
                  new Feature(view.name(), feature, instant, later ? instant + 1 : instant));
            }
          }
        });
    return incomplete;
  }

  /** Of each feature, before which instant a label counts. */
  List<Long> firstLabels() {
    return features.stream().map(Feature::firstLabel).toList();
  }

  /**
   * Those that concern some label.
   *
   * @param labels how many labels are earlier, for each of {@link #firstLabels}
   */
  List<RetrievalSummary.Incomplete> counted(List<Long> labels) {
    List<RetrievalSummary.Incomplete> counted = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      if (labels.get(i) > 0) {
        Feature feature = features.get(i);
        counted.add(
            new RetrievalSummary.Incomplete(
                feature.view, feature.name, feature.completeFrom, labels.get(i)));
      }
    }
    return counted;
  }
}
