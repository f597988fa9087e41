// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.join;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.encryption.InputFilesDecryptor;
import org.apache.iceberg.flink.source.RowDataFileScanTaskReader;
import org.apache.iceberg.flink.source.reader.ReaderFunction;
import org.apache.iceberg.flink.source.reader.RecordAndPosition;
import org.apache.iceberg.flink.source.split.IcebergSourceSplit;
import org.apache.iceberg.io.CloseableIterator;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/**
 * Reads splits of a view's table with Iceberg's own reader, deletes applied, and hands the rows out
 * in blocks. In a job without checkpoints: positions within a split are not kept.
 *
 * @param rows reads a file
 * @param blocks makes the packer of a split's rows
 */
record RowBlockReader(
    RowDataFileScanTaskReader rows,
    FileIO io,
    EncryptionManager encryption,
    RowBlocksFactory blocks)
    implements ReaderFunction<Block> {

  @Override
  public CloseableIterator<RecordsWithSplitIds<RecordAndPosition<Block>>> apply(
      IcebergSourceSplit split) {
    return new Batches(split, new InputFilesDecryptor(split.task(), io, encryption));
  }

  /** A batch is a block. */
  private final class Batches
      implements CloseableIterator<RecordsWithSplitIds<RecordAndPosition<Block>>> {
    private final String splitId;
    private final InputFilesDecryptor files;
    private final Iterator<FileScanTask> tasks;
    private final RowBlocks packer = blocks.create();
    private CloseableIterator<RowData> file = CloseableIterator.empty();
    private @Nullable Block next;

    private Batches(IcebergSourceSplit split, InputFilesDecryptor files) {
      this.splitId = split.splitId();
      this.files = files;
      this.tasks = split.task().files().iterator();
    }

    @Override
    public boolean hasNext() {
      try {
        while (next == null) {
          next = packer.poll();
          if (next == null && !advance()) {
            packer.flush();
            next = packer.poll();
            return next != null;
          }
        }
        return true;
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read split " + splitId, e);
      }
    }

    /** Packs a row, or goes to the next file; false at the end. */
    private boolean advance() throws IOException {
      if (file.hasNext()) {
        packer.add(file.next());
        return true;
      }
      file.close();
      if (tasks.hasNext()) {
        file = rows.open(tasks.next(), files);
        return true;
      }
      file = CloseableIterator.empty();
      return false;
    }

    @Override
    public RecordsWithSplitIds<RecordAndPosition<Block>> next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the split has ended");
      }
      Block block = requireNonNull(next);
      next = null;
      return new OneBlock(splitId, block);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  /** One block of a split. */
  private static final class OneBlock implements RecordsWithSplitIds<RecordAndPosition<Block>> {
    private @Nullable String splitId;
    private @Nullable Block block;

    private OneBlock(String splitId, Block block) {
      this.splitId = splitId;
      this.block = block;
    }

    @Override
    public @Nullable String nextSplit() {
      String split = splitId;
      splitId = null;
      return split;
    }

    @Override
    public @Nullable RecordAndPosition<Block> nextRecordFromSplit() {
      if (block == null) {
        return null;
      }
      RecordAndPosition<Block> record = new RecordAndPosition<>(block, 0, 0);
      block = null;
      return record;
    }

    @Override
    public Set<String> finishedSplits() {
      return Collections.emptySet();
    }
  }
}
