// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.join;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.table.data.RowData;
import org.jspecify.annotations.Nullable;

/**
 * Packs the rows of a view's table into blocks, by the subtask of the join that their key belongs
 * to; {@link BestRows} describes the bytes. A row's columns are the join keys, event and created
 * timestamp, then the features. Not thread-safe.
 */
final class RowBlocks {
  private static final int FULL = 1 << 14;

  private final int stream;
  private final KeyCodec keys;
  private final int eventColumn;
  private final StoredValues features;
  private final long knownAt;
  private final DataOutputSerializer key = new DataOutputSerializer(64);
  private final DataOutputSerializer[] buffers;
  private final Queue<Block> full = new ArrayDeque<>();

  /**
   * @param stream the view's number in its join
   * @param knownAt rows created after it are left out, in milliseconds
   * @param partitions how many subtasks the join has
   */
  RowBlocks(
      int stream,
      KeyCodec keys,
      int keyCount,
      StoredValues features,
      long knownAt,
      int partitions) {
    this.stream = stream;
    this.keys = keys;
    this.eventColumn = keyCount;
    this.features = features;
    this.knownAt = knownAt;
    this.buffers = new DataOutputSerializer[partitions];
    for (int i = 0; i < partitions; i++) {
      buffers[i] = new DataOutputSerializer(FULL + FULL / 4);
    }
  }

  void add(RowData row) throws IOException {
    long created = Instants.millis(row, eventColumn + 1);
    if (created > knownAt) {
      return;
    }
    key.clear();
    keys.write(row, key);
    int hash = KeyHash.of(key.getSharedBuffer(), 0, key.length());
    int partition = KeyHash.partition(hash, buffers.length);
    DataOutputSerializer out = buffers[partition];
    out.writeInt(hash);
    out.writeInt(key.length());
    out.write(key.getSharedBuffer(), 0, key.length());
    out.writeLong(Instants.millis(row, eventColumn));
    out.writeLong(created);
    int lengthAt = out.length();
    out.writeInt(0);
    features.write(row, out);
    out.writeIntUnsafe(out.length() - lengthAt - Integer.BYTES, lengthAt);
    if (out.length() >= FULL) {
      flush(partition);
    }
  }

  /** A block that is full; null if there is none. */
  @Nullable Block poll() {
    return full.poll();
  }

  /** Makes what there is a block. */
  void flush() {
    for (int partition = 0; partition < buffers.length; partition++) {
      if (buffers[partition].length() > 0) {
        flush(partition);
      }
    }
  }

  private void flush(int partition) {
    full.add(new Block(stream, partition, 0, buffers[partition].getCopyOfBuffer()));
    buffers[partition].clear();
  }
}
