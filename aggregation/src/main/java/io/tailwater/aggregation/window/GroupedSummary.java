// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A summary for each category of events; those without a category do not count. */
final class GroupedSummary extends Summary {
  private final Summary inner;
  private final int byColumn;

  GroupedSummary(Summary inner, int byColumn) {
    this.inner = inner;
    this.byColumn = byColumn;
  }

  @SuppressWarnings("unchecked")
  static SortedMap<String, Object> groups(Object summary) {
    return (SortedMap<String, Object>) summary;
  }

  @Override
  @Nullable Object include(@Nullable Object summary, Chunk chunk, int index, boolean last) {
    Object category = chunk.column(byColumn).boxedAt(index);
    if (category == null) {
      return summary;
    }
    SortedMap<String, Object> groups =
        summary == null ? Collections.emptySortedMap() : groups(summary);
    Object present = groups.get((String) category);
    Object changed = inner.include(present, chunk, index, last);
    if (changed == present || changed == null || changed == UNKNOWN) {
      return changed == UNKNOWN ? UNKNOWN : summary;
    }
    SortedMap<String, Object> copy = new TreeMap<>(ValueOrder::compareCodePoints);
    copy.putAll(groups);
    copy.put((String) category, changed);
    return copy;
  }

  @Override
  Object join(Object earlier, Object later) {
    SortedMap<String, Object> joined = new TreeMap<>(ValueOrder::compareCodePoints);
    joined.putAll(groups(earlier));
    groups(later).forEach((category, summary) -> joined.merge(category, summary, inner::join));
    return joined;
  }

  @Override
  boolean minds(Object summary, Chunk chunk, int index) {
    Object category = chunk.column(byColumn).boxedAt(index);
    Object present = category == null ? null : groups(summary).get((String) category);
    return present != null && inner.minds(present, chunk, index);
  }

  /** A map from the category to the inner summary, of which the results are read one by one. */
  @Override
  Object result(Object summary) {
    return groups(summary);
  }

  Object innerResult(Object summary) {
    return inner.result(summary);
  }

  @Override
  void write(Object summary, long base, ByteWriter out) {
    Map<String, Object> groups = groups(summary);
    out.writeVarLong(groups.size());
    groups.forEach(
        (category, group) -> {
          ValueCodec.writeBytes(category.getBytes(StandardCharsets.UTF_8), out);
          inner.write(group, base, out);
        });
  }

  @Override
  Object read(long base, ByteReader in) {
    SortedMap<String, Object> groups = new TreeMap<>(ValueOrder::compareCodePoints);
    for (long left = in.readVarLong(); left > 0; left--) {
      String category = new String(ValueCodec.readBytes(in), StandardCharsets.UTF_8);
      groups.put(category, inner.read(base, in));
    }
    return groups;
  }
}
