// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.types;

import io.tailwater.aggregation.ValueType;
import java.util.List;

/** Flink's type of rows of values whose types are known: see {@link ValuesSerializer}. */
public final class ValuesTypeInfo extends ImmutableTypeInfo<Object[]> {

  /** The type of rows that hold one value, or null, of each of {@code types}, in that order. */
  public ValuesTypeInfo(List<ValueType> types) {
    super(Object[].class, new ValuesSerializer(types));
  }
}
