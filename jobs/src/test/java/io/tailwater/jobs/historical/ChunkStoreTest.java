// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.jobs.historical.join.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that wait in memory and in a file. */
class ChunkStoreTest {
  private static final long SEED = 20_261_128;
  private static final int CHUNKS = 200;
  private static final int BLOCKS = 6;

  @TempDir private Path folder;

  @Test
  void whatComesInAnyOrderComesOutAsItWasWhereverItHasWaited() throws IOException {
    Random random = new Random(SEED);
    Map<Long, List<Block>> expected = new HashMap<>();
    List<Block> coming = new ArrayList<>();
    for (long chunk = 0; chunk < CHUNKS; chunk++) {
      for (int number = 0; number < BLOCKS; number++) {
        byte[] bytes = new byte[random.nextInt(400)];
        random.nextBytes(bytes);
        coming.add(new Block(number % 2, number / 2, chunk, bytes));
      }
    }
    Collections.shuffle(coming, random);
    boolean spilled = false;
    long next = 0;
    try (ChunkStore store = new ChunkStore(5_000, BLOCKS, folder.toFile())) {
      for (Block block : coming) {
        store.add(
            new Block(block.stream(), block.partition(), block.chunk(), block.bytes().clone()));
        expected.computeIfAbsent(block.chunk(), chunk -> new ArrayList<>()).add(block);
        spilled |= spilledBytes() > 50_000;
        while (store.isComplete(next)) {
          assertSame(next, store.remove(next), expected.remove(next));
          next++;
        }
      }
      assertThat(next).as("chunks with seed %d", SEED).isEqualTo(CHUNKS);
      assertThat(spilled).as("most has waited in the file").isTrue();
      assertThat(store.remove(0)).as("taken already").isEmpty();
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void memoryThatWasTakenIsFreeAgainAndThenNoFileIsNeeded() throws IOException {
    try (ChunkStore store = new ChunkStore(100, 2, folder.toFile())) {
      for (long chunk = 0; chunk < 50; chunk++) {
        store.add(new Block(0, 0, chunk, new byte[50]));
        assertThat(store.isComplete(chunk)).isFalse();
        store.add(new Block(0, 1, chunk, new byte[50]));
        assertThat(store.isComplete(chunk)).isTrue();
        assertThat(store.remove(chunk)).hasSize(2);
      }
      assertThat(files()).isEmpty();
      store.add(new Block(0, 0, 50, new byte[101]));
      assertThat(files()).as("more than fits").hasSize(1);
    }
    assertThat(files()).isEmpty();
  }

  private static void assertSame(long chunk, List<Block> found, List<Block> expected) {
    assertThat(found).as("chunk %d, seed %d", chunk, SEED).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i))
          .as("block %d of chunk %d, seed %d", i, chunk, SEED)
          .usingRecursiveComparison()
          .isEqualTo(expected.get(i));
    }
  }

  private long spilledBytes() throws IOException {
    long bytes = 0;
    for (Path file : files()) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
