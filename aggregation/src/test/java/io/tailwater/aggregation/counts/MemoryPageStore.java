// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.counts;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import java.util.HashMap;
import java.util.Map;

/** Pages as bytes, and how often they are asked for: each page is decoded when it is got. */
public final class MemoryPageStore implements PageStore {
  private final Map<Long, byte[]> pages = new HashMap<>();
  private long lastId = -1;

  public long gets;
  public long puts;
  public long removes;

  @Override
  public Page get(long id) {
    gets++;
    byte[] bytes = pages.get(id);
    if (bytes == null) {
      throw new IllegalStateException("there is no page " + id);
    }
    ByteReader in = new ByteReader(bytes);
    Page page = Page.read(in);
    if (in.remaining() != 0) {
      throw new IllegalStateException(in.remaining() + " bytes behind page " + id);
    }
    return page;
  }

  @Override
  public long add(Page page) {
    lastId++;
    put(lastId, page);
    return lastId;
  }

  @Override
  public void replace(long id, Page page) {
    if (!pages.containsKey(id)) {
      throw new IllegalStateException("there is no page " + id);
    }
    put(id, page);
  }

  @Override
  public void remove(long id) {
    removes++;
    if (pages.remove(id) == null) {
      throw new IllegalStateException("there is no page " + id);
    }
  }

  /** The number of pages. */
  public int size() {
    return pages.size();
  }

  /** The bytes of all pages. */
  public long bytes() {
    return pages.values().stream().mapToLong(bytes -> bytes.length).sum();
  }

  private void put(long id, Page page) {
    puts++;
    ByteWriter out = new ByteWriter();
    page.write(out);
    pages.put(id, out.toByteArray());
  }
}
