// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import org.jspecify.annotations.Nullable;

/**
 * A way to sum up a stretch of events that can be joined with that of the next stretch but not
 * taken back. What it gives is a function of the set of events. Summaries are immutable objects;
 * null is that of no values.
 */
abstract class Summary {
  /** What {@link #include} returns if only reading the stretch again can tell. */
  static final Object UNKNOWN = new Object();

  /**
   * The summary with an event more.
   *
   * @param last whether the event stands behind all others of the stretch
   */
  abstract @Nullable Object include(@Nullable Object summary, Chunk chunk, int index, boolean last);

  /** The summary of two stretches; neither is null. */
  abstract Object join(Object earlier, Object later);

  /** Whether the summary of a stretch may be another when the event has left it. */
  abstract boolean minds(Object summary, Chunk chunk, int index);

  /** What the aggregate gives, with {@link Long} and {@link Double} for narrower types. */
  abstract Object result(Object summary);

  /**
   * Appends a summary.
   *
   * @param base an instant near those of the events
   */
  abstract void write(Object summary, long base, ByteWriter out);

  abstract Object read(long base, ByteReader in);

  final @Nullable Object joinAny(@Nullable Object earlier, @Nullable Object later) {
    if (earlier == null || later == null) {
      return earlier == null ? later : earlier;
    }
    return join(earlier, later);
  }

  final void writeAny(@Nullable Object summary, long base, ByteWriter out) {
    out.writeByte(summary == null ? 0 : 1);
    if (summary != null) {
      write(summary, base, out);
    }
  }

  final @Nullable Object readAny(long base, ByteReader in) {
    return in.readByte() == 0 ? null : read(base, in);
  }
}
