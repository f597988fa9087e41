// SPDX-License-Identifier: Apache-2.0
/**
 * Sums that are functions of the multiset of their terms: exact, invertible, independent of order,
 * rounded once when read, and encoded in bytes that depend on the value alone.
 */
@NullMarked
package io.tailwater.aggregation.exact;

import org.jspecify.annotations.NullMarked;
