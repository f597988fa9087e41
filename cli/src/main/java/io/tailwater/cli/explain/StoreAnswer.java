// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.explain;

import org.jspecify.annotations.Nullable;

/**
 * What a store has of a feature.
 *
 * @param verdict whether it agrees
 * @param value null also where there is none
 * @param at the instant at which it was compared, in milliseconds; null if it was not
 * @param recomputed the value of that instant
 * @param note where the value comes from, or why there is none
 */
record StoreAnswer(
    Verdict verdict,
    @Nullable Object value,
    @Nullable Long at,
    @Nullable Object recomputed,
    String note) {
  static StoreAnswer notRead(String reason) {
    return new StoreAnswer(Verdict.NOT_READ, null, null, null, reason);
  }
}
