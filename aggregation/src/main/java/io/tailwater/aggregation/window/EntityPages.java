// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.counts.Page;
import io.tailwater.aggregation.counts.PageStore;

/**
 * The pages of one entity in the host's store.
 *
 * @param state gives the ids
 */
record EntityPages(EntityState state, ChunkStore store) implements PageStore {
  /** Of windows that never have any. */
  static final PageStore NONE = new NoPages();

  @Override
  public Page get(long id) {
    Page page = store.getPage(id);
    if (page == null) {
      throw new IllegalStateException(
          "page %d of an entity's values is missing: the state is damaged".formatted(id));
    }
    return page;
  }

  @Override
  public long add(Page page) {
    long id = state.nextPageId++;
    store.putPage(id, page);
    return id;
  }

  @Override
  public void replace(long id, Page page) {
    store.putPage(id, page);
  }

  @Override
  public void remove(long id) {
    store.removePage(id);
  }

  private static final class NoPages implements PageStore {
    @Override
    public Page get(long id) {
      throw new IllegalStateException("no pages are kept");
    }

    @Override
    public long add(Page page) {
      throw new IllegalStateException("no pages are kept");
    }

    @Override
    public void replace(long id, Page page) {
      throw new IllegalStateException("no pages are kept");
    }

    @Override
    public void remove(long id) {
      throw new IllegalStateException("no pages are kept");
    }
  }
}
