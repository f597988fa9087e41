// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import io.tailwater.aggregation.AggregateFunction;

/**
 * One aggregate of a view.
 *
 * @param integers whether its inputs are {@link Integer} or {@link Long}, which add up as such
 * @param lengthMillis W: at t the window holds the facts in [t − W, t]
 */
public record Aggregate(AggregateFunction function, boolean integers, long lengthMillis) {}
