// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

/** When a row comes out. */
enum Stage {
  /** When its event arrives, or a step has been reached: Tailwater's online vectors. */
  ARRIVAL,
  /** When the watermark has passed: Tailwater's offline rows, and all rows of SQL's OVER. */
  FINAL
}
