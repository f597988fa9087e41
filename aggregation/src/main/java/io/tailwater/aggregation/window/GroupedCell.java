// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.Readings;
import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.counts.PageStore;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A cell for each category of events; those without a category do not count. */
final class GroupedCell extends Cell {
  private final int byColumn;
  private final Supplier<Cell> newCell;
  private final SortedMap<String, Cell> groups = new TreeMap<>(ValueOrder::compareCodePoints);

  GroupedCell(int byColumn, Supplier<Cell> newCell) {
    this.byColumn = byColumn;
    this.newCell = newCell;
  }

  /** The cells by category, none of them empty. */
  SortedMap<String, Cell> groups() {
    return groups;
  }

  @Override
  void add(Chunk chunk, int index, PageStore pages) {
    Object category = chunk.column(byColumn).boxedAt(index);
    if (category == null) {
      return;
    }
    Cell group = groups.computeIfAbsent((String) category, added -> newCell.get());
    group.add(chunk, index, pages);
    if (group.isEmpty()) {
      groups.remove((String) category);
    }
  }

  @Override
  void remove(Chunk chunk, int index, PageStore pages) {
    Object category = chunk.column(byColumn).boxedAt(index);
    Cell group = category == null ? null : groups.get((String) category);
    if (group == null) {
      return; // Its values in the frame are all null.
    }
    group.remove(chunk, index, pages);
    if (group.isEmpty()) {
      group.clear(pages);
      groups.remove((String) category);
    }
  }

  @Override
  Readings readings(PageStore pages) {
    throw new UnsupportedOperationException("a result of groups is read group by group");
  }

  @Override
  boolean isEmpty() {
    return groups.isEmpty();
  }

  @Override
  Cell copy() {
    GroupedCell copy = new GroupedCell(byColumn, newCell);
    groups.forEach((category, group) -> copy.groups.put(category, group.copy()));
    return copy;
  }

  @Override
  void clear(PageStore pages) {
    groups.values().forEach(group -> group.clear(pages));
    groups.clear();
  }

  @Override
  void write(ByteWriter out) {
    out.writeVarLong(groups.size());
    groups.forEach(
        (category, group) -> {
          ValueCodec.writeBytes(category.getBytes(StandardCharsets.UTF_8), out);
          group.write(out);
        });
  }

  @Override
  void read(ByteReader in) {
    groups.clear();
    for (long left = in.readVarLong(); left > 0; left--) {
      String category = new String(ValueCodec.readBytes(in), StandardCharsets.UTF_8);
      Cell group = newCell.get();
      group.read(in);
      groups.put(category, group);
    }
  }
}
