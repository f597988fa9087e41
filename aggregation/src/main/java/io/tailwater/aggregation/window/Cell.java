// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.Readings;
import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.counts.PageStore;

/**
 * What one frame keeps of one column and can take back: what was added can be removed in any order,
 * and what is left depends on nothing else.
 */
abstract class Cell {
  abstract void add(Chunk chunk, int index, PageStore pages);

  abstract void remove(Chunk chunk, int index, PageStore pages);

  /** What aggregates are read of, until the next change. */
  abstract Readings readings(PageStore pages);

  abstract boolean isEmpty();

  /** A copy that shares nothing mutable with this one but pages. */
  abstract Cell copy();

  /** Removes its pages. */
  abstract void clear(PageStore pages);

  abstract void write(ByteWriter out);

  /** Takes in what {@link #write} wrote, instead of what is here. */
  abstract void read(ByteReader in);
}
