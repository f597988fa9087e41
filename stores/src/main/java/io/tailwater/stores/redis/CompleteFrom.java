// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Field;
import io.tailwater.stores.OnlineVector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The text that says of which features a vector is not fully known, and from when on they are. */
final class CompleteFrom {
  private static final ValueType TYPE = ValueType.mapOf(ValueType.INT64);

  private CompleteFrom() {}

  /**
   * Of the features that are not fully known as of the vector's instant.
   *
   * @param features those of the vector's values
   */
  static String text(List<Field> features, OnlineVector vector) {
    Map<String, Long> instants = new LinkedHashMap<>();
    for (int i = 0; i < vector.completeFrom().length; i++) {
      long instant = vector.completeFrom()[i];
      if (instant > vector.eventTimestamp()) {
        instants.put(features.get(i).name(), instant);
      }
    }
    return ValueText.format(TYPE, instants);
  }

  /** The instants of these features; none of them if there is no text. */
  static long[] parse(List<Field> features, @Nullable String text) {
    if (text == null) {
      return OnlineVector.COMPLETE;
    }
    Map<?, ?> instants = (Map<?, ?>) ValueText.parse(TYPE, text);
    return features.stream()
        .mapToLong(
            feature ->
                instants.get(feature.name()) instanceof Long instant ? instant : Long.MIN_VALUE)
        .toArray();
  }
}
