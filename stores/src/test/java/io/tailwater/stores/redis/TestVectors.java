// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.stores.OnlineVector;
import java.util.List;

/** A view with two features, and vectors of it. */
final class TestVectors {
  static final NativeLayout LAYOUT =
      new NativeLayout(
          "retail",
          "customer_behavior",
          joinKeys(),
          List.of(
              new Field("purchases_today", ValueType.INT64, true),
              new Field("spend_today", ValueType.DOUBLE, true)));

  private TestVectors() {}

  static List<JoinKey> joinKeys() {
    return List.of(new JoinKey("customer_id", ValueType.INT64));
  }

  static OnlineVector vector(long customer, Fence fence, Object... values) {
    return new OnlineVector(
        new Object[] {customer},
        fence.eventTimestamp,
        OnlineVector.FOREVER,
        fence.generation,
        fence.eventCount,
        values);
  }

  /** What the fence compares. */
  record Fence(long eventTimestamp, long generation, long eventCount) {}

  static Fence at(long eventTimestamp, long generation, long eventCount) {
    return new Fence(eventTimestamp, generation, eventCount);
  }
}
