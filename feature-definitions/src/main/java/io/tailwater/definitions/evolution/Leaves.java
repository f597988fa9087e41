// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import io.tailwater.definitions.model.BatchFeatureView;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How features of a view are compared that are computed of no other features. */
interface Leaves {

  /**
   * Those of a view.
   *
   * @param before of the same kind; null if the view is new
   */
  static Leaves of(@Nullable View before, View after) {
    if (after instanceof FeatureView events) {
      return new EventLeaves((FeatureView) before, events);
    }
    return after instanceof BatchFeatureView query
        ? new BatchLeaves((BatchFeatureView) before, query)
        : new NoLeaves();
  }

  /**
   * What decides the values and is different; empty if they are the same.
   *
   * @param before of the same kind as {@code after}
   */
  List<Difference> differences(Feature before, Feature after);

  /** From when on a feature is exact that is new, or has differences. */
  Readiness readiness(Feature after);

  /**
   * Why a stream cannot go on with the view, for all of its features together.
   *
   * @param view its name
   */
  default List<Refusal> refusals(String view) {
    return List.of();
  }

  /** Of a view whose features are all expressions. */
  final class NoLeaves implements Leaves {
    @Override
    public List<Difference> differences(Feature before, Feature after) {
      throw new IllegalArgumentException("%s is no expression".formatted(after));
    }

    @Override
    public Readiness readiness(Feature after) {
      throw new IllegalArgumentException("%s is no expression".formatted(after));
    }
  }
}
