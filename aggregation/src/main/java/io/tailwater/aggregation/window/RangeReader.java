// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

/** Reads a frame's events of a stretch of time, in order. */
@FunctionalInterface
interface RangeReader {
  /** Visits the events in [from, end) that are in the frame. */
  void read(long from, long end, EventVisitor visitor);
}
