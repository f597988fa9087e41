// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.definitions.program.FeatureNulls;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Metrics {@code tailwater.view.<view>.feature.<feature>.overflow}: values that became null because
 * they could not be computed.
 */
public final class NullMetrics implements FeatureNulls {
  private final Map<String, Counter> counters = new HashMap<>();

  /** The metrics of a view's stored features. */
  public NullMetrics(StoredView view, MetricGroup group) {
    MetricGroup views = group.addGroup("tailwater").addGroup("view", view.name());
    for (Feature feature : view.storedFeatures()) {
      counters.put(feature.name(), views.addGroup("feature", feature.name()).counter("overflow"));
    }
  }

  @Override
  public void overflowed(String feature) {
    Counter counter = counters.get(feature);
    if (counter == null) {
      throw new IllegalArgumentException("no feature '%s'".formatted(feature));
    }
    counter.inc();
  }
}
