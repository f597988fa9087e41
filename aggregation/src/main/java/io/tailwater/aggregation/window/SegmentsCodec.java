// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;

/** The bytes of {@link Segments}. */
final class SegmentsCodec {
  private SegmentsCodec() {}

  static void write(WindowLayout layout, Segments segments, long base, ByteWriter out) {
    out.writeVarLong(segments.list.size());
    out.writeVarLong(segments.cut);
    EntityStateCodec.writeInstant(segments.newest, base, out);
    for (Segments.Segment segment : segments.list) {
      EntityStateCodec.writeInstant(segment.start, base, out);
      out.writeVarLong(segment.count);
      for (int slot = 0; slot < segment.summaries.length; slot++) {
        layout.summary(slot).writeAny(segment.summaries[slot], base, out);
      }
    }
  }

  static Segments read(WindowLayout layout, long base, ByteReader in) {
    Segments segments = new Segments();
    int size = Math.toIntExact(in.readVarLong());
    segments.cut = Math.toIntExact(in.readVarLong());
    segments.newest = EntityStateCodec.readInstant(base, in);
    for (int i = 0; i < size; i++) {
      Segments.Segment segment =
          new Segments.Segment(EntityStateCodec.readInstant(base, in), layout.summaryCount());
      segment.count = Math.toIntExact(in.readVarLong());
      for (int slot = 0; slot < segment.summaries.length; slot++) {
        segment.summaries[slot] = layout.summary(slot).readAny(base, in);
      }
      segments.list.add(segment);
    }
    return segments;
  }
}
