// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A view whose rows are in the stores, wherever they come from: of events, or of a query. Stores,
 * readers and joins know no more of it.
 */
public sealed interface StoredView extends View permits FeatureView, BatchFeatureView {
  /** Whom the features describe. */
  Entity entity();

  /**
   * What a row holds: the {@link #features()} that are not {@linkplain Feature#isReadTime()
   * computed when they are read}, in the same order.
   */
  default List<Feature> storedFeatures() {
    return features().stream()
        .filter(feature -> !feature.isReadTime())
        .map(Feature.class::cast)
        .toList();
  }

  /**
   * For how long after its {@code event_timestamp} a row is good, in milliseconds, positive; null
   * for ever.
   */
  @Nullable Long ttlMillis();
}
