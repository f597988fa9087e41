// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.accounting;

import java.util.Locale;

/**
 * What became of an event in a view, by the accounting law: {@code read = applied + filtered +
 * duplicate + too_late + malformed + future}. In the order in which verdicts are given.
 */
public enum Verdict {
  /** Does not decode, breaks the schema, or has no key. */
  MALFORMED,
  /** The view's {@code where} is not true of it. */
  FILTERED,
  /** Claims to be further ahead of the clock than {@code max_ahead}. */
  FUTURE,
  /** Further behind the watermark than {@code allowed_lateness}. */
  TOO_LATE,
  /** The same event came before. */
  DUPLICATE,
  /** Counts. */
  APPLIED;

  /** The verdict as metrics and reports spell it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
