// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

/**
 * What one entrant costs beside another: the cost of {@code other} divided by that of {@code
 * measured}, so that more is better.
 *
 * @param what as the table says it
 * @param target the least ratio that is wanted; 0 if there is none
 */
record Comparison(String what, Entrant measured, Entrant other, double target) {}
