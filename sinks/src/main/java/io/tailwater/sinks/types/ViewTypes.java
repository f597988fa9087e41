// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.types;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.JoinKey;
import java.util.List;

/** The types of a view's join keys and features. */
final class ViewTypes {
  private ViewTypes() {}

  static List<ValueType> keys(FeatureView view) {
    return view.entity().joinKeys().stream().map(JoinKey::type).toList();
  }

  static List<ValueType> features(FeatureView view) {
    return view.features().stream().map(Feature::type).toList();
  }
}
