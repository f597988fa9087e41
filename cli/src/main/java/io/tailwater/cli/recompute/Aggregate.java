// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import io.tailwater.aggregation.AggregateFunction;

/**
 * One aggregate of a view.
 *
 * @param parameter the n of {@code last_n(x, n)} and the k of {@code top_k(x, k)}; 0 where there is
 *     none
 * @param integers whether its inputs are {@link Integer} or {@link Long}, which add up as such
 * @param byCategory whether it is a map from the categories of its inputs, which are {@link
 *     Categorised}, to their aggregates
 * @param span which facts its window holds
 */
public record Aggregate(
    AggregateFunction function, int parameter, boolean integers, boolean byCategory, Span span) {
  /** One without a parameter and categories over [t − lengthMillis, t]. */
  public static Aggregate over(long lengthMillis, AggregateFunction function, boolean integers) {
    return new Aggregate(function, 0, integers, false, new Span.Trailing(lengthMillis, 0));
  }
}
