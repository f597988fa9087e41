// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.stores.OnlineVector;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A view with very many features, and a vector of it. */
record WideView(NativeLayout layout, OnlineVector vector) {
  static WideView of(int features) {
    NativeLayout layout =
        new NativeLayout(
            "retail",
            "wide",
            List.of(new JoinKey("id", ValueType.INT64)),
            IntStream.range(0, features)
                .mapToObj(i -> new Field("feature_" + i, ValueType.INT64, true))
                .toList());
    Object[] values = LongStream.range(0, features).boxed().toArray();
    return new WideView(
        layout, new OnlineVector(new Object[] {1L}, 10, OnlineVector.FOREVER, 1, 1, values));
  }
}
