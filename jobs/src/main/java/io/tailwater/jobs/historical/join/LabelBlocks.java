// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.join;

import io.tailwater.aggregation.ValueType;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Packs labels into blocks for the join of one entity, by the subtask that their key belongs to;
 * {@link LabelTable} describes the bytes. Not thread-safe.
 */
public final class LabelBlocks {
  private final int entity;
  private final KeyCodec keys;
  private final DataOutputSerializer key = new DataOutputSerializer(64);
  private final DataOutputSerializer[] buffers;

  /**
   * @param entity the entity's number
   * @param keyTypes the types of its join keys
   * @param partitions how many subtasks the join has
   */
  public LabelBlocks(int entity, List<ValueType> keyTypes, int partitions) {
    this.entity = entity;
    this.keys = new KeyCodec(keyTypes);
    this.buffers = new DataOutputSerializer[partitions];
    for (int i = 0; i < partitions; i++) {
      buffers[i] = new DataOutputSerializer(1 << 12);
    }
  }

  /**
   * Adds a label.
   *
   * @param row within its chunk
   * @param values of the key; one that is null makes it a label without a key
   * @param instant milliseconds since the epoch
   */
  public void add(int row, @Nullable Object[] values, long instant) throws IOException {
    key.clear();
    boolean known = isWhole(values);
    if (known) {
      keys.write(values, key);
    }
    int hash = KeyHash.of(key.getSharedBuffer(), 0, key.length());
    DataOutputSerializer out = buffers[KeyHash.partition(hash, buffers.length)];
    out.writeInt(row);
    out.writeInt(known ? key.length() : KeyTable.ABSENT);
    out.write(key.getSharedBuffer(), 0, key.length());
    out.writeLong(instant);
  }

  /** Hands out a block for each subtask, empty ones too. */
  public void end(long chunk, Consumer<Block> output) {
    for (int partition = 0; partition < buffers.length; partition++) {
      output.accept(new Block(entity, partition, chunk, buffers[partition].getCopyOfBuffer()));
      buffers[partition].clear();
    }
  }

  private static boolean isWhole(@Nullable Object[] values) {
    for (Object value : values) {
      if (value == null) {
        return false;
      }
    }
    return true;
  }
}
