// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.output;

import io.tailwater.aggregation.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * How many of a column's values are null, and from where to where the others go. Not thread-safe.
 */
public final class ColumnStatistics {
  private final ValueType type;
  private long nulls;
  private @Nullable Object least;
  private @Nullable Object greatest;

  public ColumnStatistics(ValueType type) {
    this.type = type;
  }

  /** Takes a value in. */
  public void add(@Nullable Object value) {
    if (value == null) {
      nulls++;
    } else if (value instanceof Comparable<?>) {
      if (least == null || compare(value, least) < 0) {
        least = value;
      }
      if (greatest == null || compare(value, greatest) > 0) {
        greatest = value;
      }
    }
  }

  @SuppressWarnings("unchecked") // the values of a column are of one class
  private static int compare(Object left, Object right) {
    return ((Comparable<Object>) left).compareTo(right);
  }

  public long nulls() {
    return nulls;
  }

  /** The least value as text; null if there is none, or the type has no order. */
  public @Nullable String least() {
    return least == null ? null : FeatureText.of(type, least);
  }

  /** The greatest value as text; null if there is none, or the type has no order. */
  public @Nullable String greatest() {
    return greatest == null ? null : FeatureText.of(type, greatest);
  }
}
