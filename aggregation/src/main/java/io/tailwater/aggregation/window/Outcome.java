// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

/** What became of an event that was offered to an entity. */
public enum Outcome {
  /** It counts. */
  APPLIED,
  /** Further behind the watermark than the allowed lateness: nothing changed. */
  TOO_LATE,
  /** The same event was applied before: nothing changed. */
  DUPLICATE,
  /** Another content of the same event was applied before and stays: nothing changed. */
  CONFLICT_KEPT,
  /** Another content of the same event was applied before and has been replaced by this one. */
  CONFLICT_REPLACED
}
