// SPDX-License-Identifier: Apache-2.0
/**
 * The arithmetic of Tailwater: exact, order-free aggregates and the sliding-window state over a
 * compact event log. Pure Java: no Flink, no clock, no I/O.
 */
@NullMarked
package io.tailwater.aggregation;

import org.jspecify.annotations.NullMarked;
