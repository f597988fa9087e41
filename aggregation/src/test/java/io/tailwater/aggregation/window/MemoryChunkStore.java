// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.counts.Page;
import java.util.HashMap;
import java.util.Map;

/** Chunks as bytes, as a store on disk keeps them; counts what is asked of it. */
public final class MemoryChunkStore implements ChunkStore {
  private final EntityStateCodec codec;
  private final Map<Long, byte[]> chunks = new HashMap<>();
  private final Map<Long, byte[]> ids;
  private final Map<Long, byte[]> pages;
  int gets;
  int puts;
  int removes;

  public MemoryChunkStore(EntityStateCodec codec) {
    this.codec = codec;
    this.ids = new HashMap<>();
    this.pages = new HashMap<>();
  }

  /** A store of chunks by another plan, with the ids and pages of a store. */
  MemoryChunkStore(EntityStateCodec codec, MemoryChunkStore other) {
    this.codec = codec;
    this.ids = other.ids;
    this.pages = other.pages;
  }

  int accesses() {
    return gets + puts + removes;
  }

  int pageCount() {
    return pages.size();
  }

  int size() {
    return chunks.size() + ids.size() + pages.size();
  }

  @Override
  public Chunk get(long id) {
    gets++;
    byte[] bytes = chunks.get(id);
    return bytes == null ? null : codec.readChunk(new ByteReader(bytes));
  }

  @Override
  public void put(Chunk chunk) {
    puts++;
    ByteWriter out = new ByteWriter();
    codec.writeChunk(chunk, out);
    chunks.put(chunk.id(), out.toByteArray());
  }

  @Override
  public void remove(long id) {
    removes++;
    chunks.remove(id);
  }

  @Override
  public EventIds getIds(long id) {
    gets++;
    byte[] bytes = ids.get(id);
    return bytes == null ? null : codec.readIds(new ByteReader(bytes));
  }

  @Override
  public void putIds(long id, EventIds chunkIds) {
    puts++;
    ByteWriter out = new ByteWriter();
    codec.writeIds(chunkIds, out);
    ids.put(id, out.toByteArray());
  }

  @Override
  public void removeIds(long id) {
    removes++;
    ids.remove(id);
  }

  @Override
  public Page getPage(long id) {
    gets++;
    byte[] bytes = pages.get(id);
    return bytes == null ? null : codec.readPage(new ByteReader(bytes));
  }

  @Override
  public void putPage(long id, Page page) {
    puts++;
    ByteWriter out = new ByteWriter();
    codec.writePage(page, out);
    pages.put(id, out.toByteArray());
  }

  @Override
  public void removePage(long id) {
    removes++;
    pages.remove(id);
  }

  @Override
  public void clear() {
    chunks.clear();
    ids.clear();
    pages.clear();
  }
}
