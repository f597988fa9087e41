// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.join;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * One subtask's part of the join of an entity's labels with the views of that entity: first all
 * labels, then all rows, then the answers. Not thread-safe.
 *
 * <p>A block of answers holds for each label of the subtask: its row within the chunk (int), and of
 * each view the length of its values (int; −1 where there is no row) and the values.
 */
final class AsOfJoin {
  private static final int NO_ROW = -1;

  private final int entity;
  private final int subtask;
  private final List<JoinedView> views;
  private final LabelTable labels = new LabelTable();
  private final List<BestRows> rows = new ArrayList<>();

  AsOfJoin(int entity, int subtask, List<JoinedView> views) {
    this.entity = entity;
    this.subtask = subtask;
    this.views = views;
  }

  void label(Block block) {
    labels.add(block.bytes());
  }

  /** There are no more labels. */
  void endLabels() {
    labels.sort();
    for (JoinedView view : views) {
      rows.add(new BestRows(labels, view.before(), view.ttlMillis()));
    }
  }

  void row(Block block) {
    rows.get(block.stream()).offer(block.bytes());
  }

  /** There are no more rows: hands out a block of answers for each chunk. */
  void endRows(Consumer<Block> output) throws IOException {
    rows.forEach(BestRows::settle);
    int label = 0;
    DataOutputSerializer out = new DataOutputSerializer(1 << 12);
    for (int chunk = 0; chunk < labels.chunks(); chunk++) {
      out.clear();
      for (; label < labels.chunkEnd(chunk); label++) {
        write(label, out);
      }
      output.accept(new Block(entity, subtask, chunk, out.getCopyOfBuffer()));
    }
  }

  private void write(int label, DataOutputSerializer out) throws IOException {
    out.writeInt(labels.row(label));
    for (BestRows best : rows) {
      byte[] values = best.valuesFor(label);
      if (values == null) {
        out.writeInt(NO_ROW);
      } else {
        out.writeInt(values.length);
        out.write(values);
      }
    }
  }
}
