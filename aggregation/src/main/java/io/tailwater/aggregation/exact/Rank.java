// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.exact;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Where a percentile stands among values in order: between those of ranks {@code low} and {@code
 * high}.
 *
 * @param low 0 of the first value
 * @param fraction how far from {@code low} to the next rank, at least 0 and below 1, exact
 */
public record Rank(long low, BigDecimal fraction) {
  /**
   * The place p · (n − 1).
   *
   * @param share p, 0 to 1
   * @param count n, the number of values, positive
   */
  public static Rank of(BigDecimal share, long count) {
    BigDecimal place = share.multiply(BigDecimal.valueOf(count - 1));
    BigDecimal floor = place.setScale(0, RoundingMode.FLOOR);
    return new Rank(floor.longValueExact(), place.subtract(floor));
  }

  /** The rank above the place; {@code low} if it is the place itself. */
  public long high() {
    return fraction.signum() == 0 ? low : low + 1;
  }
}
