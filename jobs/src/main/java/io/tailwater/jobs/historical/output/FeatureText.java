// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.output;

import io.tailwater.aggregation.ValueType;
import io.tailwater.stores.redis.ValueText;
import java.time.Instant;

/** Features as text: as the online store has them, but for instants, which people read here. */
public final class FeatureText {
  private FeatureText() {}

  /** A value that is of the type's Java class. */
  public static String of(ValueType type, Object value) {
    return type.kind() == ValueType.Kind.TIMESTAMP
        ? Instant.ofEpochMilli((Long) value).toString()
        : ValueText.format(type, value);
  }
}
