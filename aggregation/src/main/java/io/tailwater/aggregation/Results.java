// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.exact.Interpolation;
import io.tailwater.aggregation.exact.Rank;
import io.tailwater.aggregation.sketch.LogBins;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What several aggregates do with the readings of a window. */
final class Results {
  static final BigDecimal HALF = new BigDecimal("0.5");

  private Results() {}

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

  static @Nullable Object percentile(Readings values, @Nullable BigDecimal share) {
    if (values.count() == 0) {
      return null;
    }
    Rank rank = Rank.of(requireNonNull(share, "p is null"), values.count());
    Object lower = values.at(rank.low());
    Object upper = rank.high() == rank.low() ? lower : values.at(rank.high());
    return Interpolation.between(lower, upper, rank.fraction());
  }

  static @Nullable Double binned(Readings bins, @Nullable BigDecimal share) {
    if (bins.count() == 0) {
      return null;
    }
    Rank rank = Rank.of(requireNonNull(share, "p is null"), bins.count());
    return LogBins.middle(Math.toIntExact((Long) bins.at(rank.low())));
  }
}
