// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Field;
import io.tailwater.stores.OnlineVector;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text that says which features of a view's vectors are not fully known, and from when on they
 * are.
 *
 * <p>As a rule it is the same for vector after vector, since all of a stream's have the same
 * instants: it is made anew only where one of them was passed. Not thread-safe.
 */
final class CompleteFrom {
  private static final ValueType TYPE = ValueType.mapOf(ValueType.INT64);

  private final List<Field> features;

  /** What the text was made of: these instants, and any event timestamp of {@code [from, to)}. */
  private long[] instants = OnlineVector.COMPLETE;

  private long from = Long.MIN_VALUE;
  private long to = Long.MIN_VALUE;
  private String text = "";

  /**
   * @param features those of the vectors' values
   */
  CompleteFrom(List<Field> features) {
    this.features = features;
  }

  /** Of the features that are not fully known as of the vector's instant. */
  String text(OnlineVector vector) {
    long asOf = vector.eventTimestamp();
    if (asOf < from || asOf >= to || !Arrays.equals(vector.completeFrom(), instants)) {
      make(vector.completeFrom(), asOf);
    }
    return text;
  }

  private void make(long[] completeFrom, long asOf) {
    Map<String, Long> later = new LinkedHashMap<>();
    instants = completeFrom;
    from = Long.MIN_VALUE;
    to = Long.MAX_VALUE;
    for (int i = 0; i < instants.length; i++) {
      if (instants[i] > asOf) {
        later.put(features.get(i).name(), instants[i]);
        to = Math.min(to, instants[i]);
      } else {
        from = Math.max(from, instants[i]);
      }
    }
    text = ValueText.format(TYPE, later);
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
