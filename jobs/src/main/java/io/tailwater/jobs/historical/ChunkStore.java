// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical;

import io.tailwater.jobs.historical.join.Block;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers that wait for the other answers of their labels: in memory, and in a file where there are
 * many. Not thread-safe.
 */
final class ChunkStore implements Closeable {
  private final long memory;
  private final int blocksPerChunk;
  private final File directory;
  private final Map<Long, List<Waiting>> chunks = new HashMap<>();
  private long held;
  private @Nullable RandomAccessFile file;
  private @Nullable File path;

  /**
   * A block, or where its bytes are in the file.
   *
   * @param bytes null if they are in the file
   */
  private record Waiting(
      int stream, int partition, byte @Nullable [] bytes, long position, int length) {}

  /**
   * @param memory how many bytes stay in memory
   * @param blocksPerChunk how many blocks make a chunk
   * @param directory where the file goes
   */
  ChunkStore(long memory, int blocksPerChunk, File directory) {
    this.memory = memory;
    this.blocksPerChunk = blocksPerChunk;
    this.directory = directory;
  }

  void add(Block block) throws IOException {
    chunks.computeIfAbsent(block.chunk(), chunk -> new ArrayList<>()).add(waiting(block));
  }

  private Waiting waiting(Block block) throws IOException {
    byte[] bytes = block.bytes();
    if (held + bytes.length <= memory) {
      held += bytes.length;
      return new Waiting(block.stream(), block.partition(), bytes, 0, bytes.length);
    }
    RandomAccessFile out = file();
    long position = out.length();
    out.seek(position);
    out.write(bytes);
    return new Waiting(block.stream(), block.partition(), null, position, bytes.length);
  }

  /** Whether all blocks of a chunk have come. */
  boolean isComplete(long chunk) {
    return chunks.getOrDefault(chunk, List.of()).size() == blocksPerChunk;
  }

  /** Takes the blocks of a chunk out. */
  List<Block> remove(long chunk) throws IOException {
    List<Block> blocks = new ArrayList<>();
    List<Waiting> waiting = chunks.remove(chunk);
    for (Waiting block : waiting == null ? List.<Waiting>of() : waiting) {
      byte[] bytes = block.bytes();
      if (bytes == null) {
        bytes = new byte[block.length()];
        file().seek(block.position());
        file().readFully(bytes);
      } else {
        held -= bytes.length;
      }
      blocks.add(new Block(block.stream(), block.partition(), chunk, bytes));
    }
    return blocks;
  }

  private RandomAccessFile file() throws IOException {
    if (file == null) {
      path = File.createTempFile("tailwater-answers-", ".blocks", directory);
      file = new RandomAccessFile(path, "rw");
    }
    return file;
  }

  @Override
  public void close() throws IOException {
    if (file != null && path != null) {
      file.close();
      Files.deleteIfExists(path.toPath());
    }
  }
}
