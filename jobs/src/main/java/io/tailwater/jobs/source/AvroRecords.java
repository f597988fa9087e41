// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.stores.DeadLetter;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.flink.core.fs.FSDataInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The records of an Avro container file, decoded by the file's own schema, fields by name. A record
 * that does not decode takes those behind it in its block with it, since they are not to be found
 * any more; a file that is cut off or scrambled between blocks is not read further. Not
 * thread-safe.
 */
final class AvroRecords implements EventRecords {
  private final DataFileReader<Object> blocks;
  private final long length;
  private final AvroRow rows;
  private final AvroInput input = new AvroInput();
  private long place;
  private long next = 1;
  private long leftInBlock;
  private @Nullable Object @Nullable [] row;
  private @Nullable RejectedException broken;
  private byte[] bytes = {};

  private AvroRecords(DataFileReader<Object> blocks, long length, AvroRow rows) {
    this.blocks = blocks;
    this.length = length;
    this.rows = rows;
  }

  /**
   * Opens a file.
   *
   * @throws IllegalArgumentException naming the fields that are missing or of another type
   */
  static AvroRecords open(EventSource source, FSDataInputStream file, long length)
      throws IOException {
    DataFileReader<Object> blocks =
        new DataFileReader<>(new AvroFileInput(file, length), new GenericDatumReader<>());
    return new AvroRecords(blocks, length, AvroRow.of(source, blocks.getSchema()));
  }

  @Override
  public boolean next() throws IOException {
    while (leftInBlock == 0) {
      if (!nextBlock()) {
        return false;
      }
    }
    place = next;
    next++;
    leftInBlock--;
    decode();
    return true;
  }

  @Override
  public long place() {
    return place;
  }

  @Override
  @SuppressWarnings("NullAway") // a record that is not broken has values
  public @Nullable Object[] row() throws RejectedException {
    if (broken != null) {
      throw broken;
    }
    return row;
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public void close() throws IOException {
    blocks.close();
  }

  private boolean nextBlock() throws IOException {
    try {
      if (blocks.hasNext()) {
        ByteBuffer block = blocks.nextBlock();
        leftInBlock = blocks.getBlockCount();
        input.reset(block.array(), block.arrayOffset() + block.position(), block.remaining());
        return true;
      }
    } catch (AvroRuntimeException e) {
      throw new IOException("damaged behind record %d: %s".formatted(next - 1, e.getMessage()), e);
    }
    if (blocks.previousSync() < length) {
      throw new IOException(
          "cut off behind record %d: found the end of the file, expected a whole block"
              .formatted(next - 1));
    }
    return false;
  }

  private void decode() {
    int start = input.position();
    broken = null;
    row = null;
    try {
      row = rows.read(input);
      if (leftInBlock == 0 && input.remaining() > 0) {
        throw RejectedException.undecodable(
            "found %d bytes behind the last record of its block, expected none"
                .formatted(input.remaining()));
      }
    } catch (RejectedException e) {
      broken = e.code() == DeadLetter.Code.UNDECODABLE ? giveUpBlock(e) : e;
    }
    bytes = input.since(start);
  }

  private RejectedException giveUpBlock(RejectedException e) {
    long lost = leftInBlock;
    input.skipAll();
    next += lost;
    leftInBlock = 0;
    return lost == 0
        ? e
        : RejectedException.undecodable(
            "%s; the %d records behind it in its block are lost with it"
                .formatted(e.getMessage(), lost));
  }
}
