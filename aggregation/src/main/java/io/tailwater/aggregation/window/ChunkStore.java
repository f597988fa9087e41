// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.counts.Page;
import org.jspecify.annotations.Nullable;

/**
 * The closed chunks of one entity's log, their event ids and the pages of what is kept in order,
 * each by id. What has been put is not changed any more; a get returns it as it was put.
 */
public interface ChunkStore {
  /** The chunk of that id; null if there is none. */
  @Nullable Chunk get(long id);

  /** Stores or replaces a chunk under its own id. */
  void put(Chunk chunk);

  /** Removes the chunk of that id, if there is one. */
  void remove(long id);

  /** The event ids of a chunk, in its order; null when they have been removed. */
  @Nullable EventIds getIds(long id);

  /** Stores or replaces the event ids of a chunk. */
  void putIds(long id, EventIds ids);

  /** Removes the event ids of a chunk, if they are there. */
  void removeIds(long id);

  /** The page of that id; null if there is none. */
  @Nullable Page getPage(long id);

  /** Stores or replaces a page. */
  void putPage(long id, Page page);

  /** Removes the page of that id. */
  void removePage(long id);

  /** Removes everything. */
  void clear();
}
