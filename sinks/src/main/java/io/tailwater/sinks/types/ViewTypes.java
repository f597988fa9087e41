// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.types;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.StoredView;
import java.util.List;

/** The types of a view's join keys and features. */
final class ViewTypes {
  private ViewTypes() {}

  static List<ValueType> keys(StoredView view) {
    return view.entity().joinKeys().stream().map(JoinKey::type).toList();
  }

  static List<ValueType> features(StoredView view) {
    return view.storedFeatures().stream().map(Feature::type).toList();
  }
}
