// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving;

/** Whether stored values hold at the instant of the read. */
public enum Freshness {
  /** They hold: no step was due since they were written, and the view's job keeps up. */
  CURRENT,
  /**
   * They may not hold any more: the instant at which they differ by themselves has passed, or the
   * view's job is further behind than is taken as normal.
   */
  STALE,
  /** No job has said how far it has come: only what is written is known. */
  UNKNOWN
}
