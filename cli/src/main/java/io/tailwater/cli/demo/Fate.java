// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

/** What the demo made an event for; with its content, it decides the event's {@link Verdict}. */
enum Fate {
  /** An ordinary order, in time or late. */
  ORDINARY,
  /** The same event as an ordinary order that was sent before it, perhaps with other content. */
  DUPLICATE,
  /** Bytes or numbers that the schema forbids. */
  BROKEN,
  /** An order from further ahead than any clock may be. */
  FUTURE,
  /** An order from longer before the watermark than lateness is allowed. */
  TOO_LATE
}
