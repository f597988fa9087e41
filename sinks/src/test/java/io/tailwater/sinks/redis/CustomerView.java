// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.redis;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.NativeLayout;
import java.util.List;

/** A view with one feature. */
final class CustomerView {
  static final NativeLayout LAYOUT =
      new NativeLayout(
          "retail",
          "customer",
          List.of(new JoinKey("customer_id", ValueType.INT64)),
          List.of(new Field("purchases", ValueType.INT64, true)));

  private CustomerView() {}

  static OnlineVector vector(long customer, long eventTimestamp, long purchases) {
    return new OnlineVector(
        new Object[] {customer},
        eventTimestamp,
        OnlineVector.FOREVER,
        1,
        purchases,
        new Object[] {purchases});
  }
}
