// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.exact.Interpolation;
import io.tailwater.aggregation.sketch.LogBins;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What several aggregates do with the readings of a window. */
final class Results {
  static final BigDecimal HALF = new BigDecimal("0.5");

  private Results() {}

  static Object orZero(@Nullable Object count) {
    return count == null ? Long.valueOf(0) : count;
  }

  static @Nullable Double root(@Nullable Double variance) {
    return variance == null ? null : Math.sqrt(variance);
  }

  /** The first value of a list; null if there is none. */
  static @Nullable Object head(@Nullable Object list) {
    return list instanceof List<?> values && !values.isEmpty() ? values.get(0) : null;
  }

  static @Nullable Object top(Readings values, @Nullable BigDecimal k) {
    List<Object> top = values.mostFrequent(requireNonNull(k, "k is null").intValueExact());
    return top.isEmpty() ? null : top;
  }

  static @Nullable Boolean any(Readings flags) {
    return flags.count() == 0 ? null : Boolean.valueOf(trues(flags) > 0);
  }

  static @Nullable Boolean all(Readings flags) {
    return flags.count() == 0 ? null : Boolean.valueOf(trues(flags) == flags.count());
  }

  private static long trues(Readings flags) {
    return (Long) requireNonNull(flags.sum(), "a sum of flags is null");
  }

  static @Nullable Object percentile(
      Readings values, ValueType type, @Nullable BigDecimal share) {
    if (values.count() == 0) {
      return null;
    }
    BigDecimal rank = rank(values, share);
    long low = rank.longValue();
    BigDecimal fraction = rank.subtract(BigDecimal.valueOf(low));
    Object lower = values.at(low);
    Object upper = fraction.signum() == 0 ? lower : values.at(low + 1);
    return Interpolation.between(lower, upper, fraction, type);
  }

  static @Nullable Double binned(Readings bins, @Nullable BigDecimal share) {
    return bins.count() == 0
        ? null
        : Double.valueOf(LogBins.middle(Math.toIntExact((Long) bins.at(rank(bins, share).longValue()))));
  }

  /** p · (n − 1), exactly. */
  private static BigDecimal rank(Readings values, @Nullable BigDecimal share) {
    return requireNonNull(share, "p is null").multiply(BigDecimal.valueOf(values.count() - 1));
  }
}
