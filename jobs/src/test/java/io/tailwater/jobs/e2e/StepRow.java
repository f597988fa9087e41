// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import io.tailwater.stores.OfflineRow;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A vector to the bit: what an entity's features are from an instant on.
 *
 * @param instant milliseconds since the epoch
 * @param created when the row was made; 0 for a recomputed one
 * @param bits one a feature; see {@link #bits(Object)}
 */
record StepRow(long instant, long created, long[] bits) {
  /** A null feature: a NaN, which no feature is. */
  static final long NULL = Double.doubleToRawLongBits(Double.NaN);

  static StepRow of(OfflineRow row) {
    return new StepRow(row.eventTimestamp(), row.createdTimestamp(), bits(row.values()));
  }

  static long[] bits(@Nullable Object[] values) {
    return Arrays.stream(values).mapToLong(StepRow::bits).toArray();
  }

  private static long bits(@Nullable Object value) {
    if (value instanceof Long number) {
      return number;
    }
    return value == null ? NULL : Double.doubleToRawLongBits((Double) value);
  }

  boolean sameVector(StepRow other) {
    return instant == other.instant && Arrays.equals(bits, other.bits);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(instant).append(": ");
    for (long bit : bits) {
      boolean whole = Math.abs(bit) < 1L << 32;
      text.append(whole ? String.valueOf(bit) : String.valueOf(Double.longBitsToDouble(bit)))
          .append(' ');
    }
    return text.toString();
  }
}
