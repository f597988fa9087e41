// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

/** What the demo made an event for; with its content, it decides the event's {@link Verdict}. */
enum Fate {
  /** An ordinary event, in time or late. */
  ORDINARY,
  /** The same event as an ordinary one that was sent before it, perhaps with other content. */
  DUPLICATE,
  /** Bytes or numbers that the schema forbids. */
  BROKEN,
  /** An event from further ahead than any clock may be. */
  FUTURE,
  /** An event from longer before the watermark than lateness is allowed. */
  TOO_LATE
}
