// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.counts.Page;
import io.tailwater.aggregation.window.Chunk;
import io.tailwater.aggregation.window.ChunkStore;
import io.tailwater.aggregation.window.EntityStateCodec;
import io.tailwater.aggregation.window.EventIds;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of the current key's log, and its pages, in Flink's keyed state. Chunks and their ids
 * are bytes there in every state backend: on the heap, too, where they would otherwise be most of
 * the objects that the garbage collector has to look after.
 */
final class FlinkChunkStore implements ChunkStore {
  /** Flink's state methods declare Exception; here one is a broken state backend. */
  private interface Access<T> {
    T run() throws Exception;
  }

  private interface Change {
    void run() throws Exception;
  }

  private final EntityStateCodec codec;
  private final MapState<Long, byte[]> chunks;
  private final MapState<Long, byte[]> ids;
  private final MapState<Long, Page> pages;
  private final ByteWriter writer = new ByteWriter();

  FlinkChunkStore(
      EntityStateCodec codec,
      MapState<Long, byte[]> chunks,
      MapState<Long, byte[]> ids,
      MapState<Long, Page> pages) {
    this.codec = codec;
    this.chunks = chunks;
    this.ids = ids;
    this.pages = pages;
  }

  /** The same event ids and pages, with the chunks of another plan. */
  FlinkChunkStore withChunks(EntityStateCodec otherCodec, MapState<Long, byte[]> others) {
    return new FlinkChunkStore(otherCodec, others, ids, pages);
  }

  @Override
  public @Nullable Chunk get(long id) {
    byte[] bytes = access(() -> chunks.get(id));
    return bytes == null ? null : codec.readChunk(new ByteReader(bytes));
  }

  @Override
  public void put(Chunk chunk) {
    writer.reset();
    codec.writeChunk(chunk, writer);
    byte[] bytes = writer.toByteArray();
    change(() -> chunks.put(chunk.id(), bytes));
  }

  @Override
  public void remove(long id) {
    change(() -> chunks.remove(id));
  }

  @Override
  public @Nullable EventIds getIds(long id) {
    byte[] bytes = access(() -> ids.get(id));
    return bytes == null ? null : codec.readIds(new ByteReader(bytes));
  }

  @Override
  public void putIds(long id, EventIds chunkIds) {
    writer.reset();
    codec.writeIds(chunkIds, writer);
    byte[] bytes = writer.toByteArray();
    change(() -> ids.put(id, bytes));
  }

  @Override
  public void removeIds(long id) {
    change(() -> ids.remove(id));
  }

  @Override
  public @Nullable Page getPage(long id) {
    return access(() -> pages.get(id));
  }

  @Override
  public void putPage(long id, Page page) {
    change(() -> pages.put(id, page));
  }

  @Override
  public void removePage(long id) {
    change(() -> pages.remove(id));
  }

  @Override
  public void clear() {
    chunks.clear();
    ids.clear();
    pages.clear();
  }

  private static <T> @Nullable T access(Access<T> access) {
    try {
      return access.run();
    } catch (Exception e) {
      throw new FlinkRuntimeException("Cannot read an entity's log", e);
    }
  }

  private static void change(Change change) {
    try {
      change.run();
    } catch (Exception e) {
      throw new FlinkRuntimeException("Cannot write an entity's log", e);
    }
  }
}
