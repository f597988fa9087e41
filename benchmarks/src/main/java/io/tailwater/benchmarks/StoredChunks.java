// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.counts.Page;
import io.tailwater.aggregation.window.Chunk;
import io.tailwater.aggregation.window.ChunkStore;
import io.tailwater.aggregation.window.EntityStateCodec;
import io.tailwater.aggregation.window.EventIds;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The log of one entity as bytes. It holds no pages of ordered values. */
final class StoredChunks implements ChunkStore {
  private final EntityStateCodec codec;
  private final Map<Long, byte[]> chunks = new HashMap<>();
  private final Map<Long, EventIds> ids = new HashMap<>();

  StoredChunks(EntityStateCodec codec) {
    this.codec = codec;
  }

  int chunks() {
    return chunks.size();
  }

  long chunkBytes() {
    return chunks.values().stream().mapToLong(bytes -> bytes.length).sum();
  }

  @Override
  public @Nullable Chunk get(long id) {
    byte[] bytes = chunks.get(id);
    return bytes == null ? null : codec.readChunk(new ByteReader(bytes));
  }

  @Override
  public void put(Chunk chunk) {
    ByteWriter out = new ByteWriter();
    codec.writeChunk(chunk, out);
    chunks.put(chunk.id(), out.toByteArray());
  }

  @Override
  public void remove(long id) {
    chunks.remove(id);
  }

  @Override
  public @Nullable EventIds getIds(long id) {
    return ids.get(id);
  }

  @Override
  public void putIds(long id, EventIds chunkIds) {
    ids.put(id, chunkIds);
  }

  @Override
  public void removeIds(long id) {
    ids.remove(id);
  }

  @Override
  public @Nullable Page getPage(long id) {
    return null;
  }

  @Override
  public void putPage(long id, Page page) {
    throw new UnsupportedOperationException("no ordered values are measured");
  }

  @Override
  public void removePage(long id) {
    throw new UnsupportedOperationException("no ordered values are measured");
  }

  @Override
  public void clear() {
    chunks.clear();
    ids.clear();
  }
}
