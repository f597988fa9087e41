// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.counts.Page;
import io.tailwater.aggregation.window.Chunk;
import io.tailwater.aggregation.window.ChunkStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/** The chunks of the current key's log, and its pages, in Flink's keyed state. */
final class FlinkChunkStore implements ChunkStore {
  /** Flink's state methods declare Exception; here one is a broken state backend. */
  private interface Access<T> {
    T run() throws Exception;
  }

  private interface Change {
    void run() throws Exception;
  }

  private final MapState<Long, Chunk> chunks;
  private final MapState<Long, byte[][]> ids;
  private final MapState<Long, Page> pages;

  FlinkChunkStore(
      MapState<Long, Chunk> chunks, MapState<Long, byte[][]> ids, MapState<Long, Page> pages) {
    this.chunks = chunks;
    this.ids = ids;
    this.pages = pages;
  }

  @Override
  public @Nullable Chunk get(long id) {
    return access(() -> chunks.get(id));
  }

  @Override
  public void put(Chunk chunk) {
    change(() -> chunks.put(chunk.id(), chunk));
  }

  @Override
  public void remove(long id) {
    change(() -> chunks.remove(id));
  }

  @Override
  public byte @Nullable [][] getIds(long id) {
    return access(() -> ids.get(id));
  }

  @Override
  public void putIds(long id, byte[][] chunkIds) {
    change(() -> ids.put(id, chunkIds));
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

  private static <T extends @Nullable Object> T access(Access<T> access) {
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
