// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.replay;

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

/** The log of one entity on the heap, as the bytes that a state backend keeps. */
final class MemoryChunks implements ChunkStore {
  private final EntityStateCodec codec;
  private final Map<Long, byte[]> chunks = new HashMap<>();
  private final Map<Long, byte[]> ids = new HashMap<>();
  private final Map<Long, byte[]> pages = new HashMap<>();

  MemoryChunks(EntityStateCodec codec) {
    this.codec = codec;
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
    byte[] bytes = ids.get(id);
    return bytes == null ? null : codec.readIds(new ByteReader(bytes));
  }

  @Override
  public void putIds(long id, EventIds chunkIds) {
    ByteWriter out = new ByteWriter();
    codec.writeIds(chunkIds, out);
    ids.put(id, out.toByteArray());
  }

  @Override
  public void removeIds(long id) {
    ids.remove(id);
  }

  @Override
  public @Nullable Page getPage(long id) {
    byte[] bytes = pages.get(id);
    return bytes == null ? null : codec.readPage(new ByteReader(bytes));
  }

  @Override
  public void putPage(long id, Page page) {
    ByteWriter out = new ByteWriter();
    codec.writePage(page, out);
    pages.put(id, out.toByteArray());
  }

  @Override
  public void removePage(long id) {
    pages.remove(id);
  }

  @Override
  public void clear() {
    chunks.clear();
    ids.clear();
    pages.clear();
  }
}
