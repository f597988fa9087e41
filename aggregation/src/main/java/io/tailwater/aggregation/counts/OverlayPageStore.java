// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.counts;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Changes over another store, which is only read: with a {@link CountedValues#copy copy} of a
 * multiset, what its values would be after some changes. Ids of pages that are new here are
 * negative. Not thread-safe.
 */
public final class OverlayPageStore implements PageStore {
  private final PageStore base;
  private final Map<Long, Page> changed = new HashMap<>();
  private final Set<Long> removed = new HashSet<>();
  private long lastAdded;

  public OverlayPageStore(PageStore base) {
    this.base = requireNonNull(base, "base is null");
  }

  @Override
  public Page get(long id) {
    Page page = changed.get(id);
    if (page != null) {
      return page;
    }
    if (id < 0 || removed.contains(id)) {
      throw new IllegalStateException("page %d has been removed".formatted(id));
    }
    return base.get(id);
  }

  @Override
  public long add(Page page) {
    lastAdded--;
    changed.put(lastAdded, page);
    return lastAdded;
  }

  @Override
  public void replace(long id, Page page) {
    changed.put(id, page);
  }

  @Override
  public void remove(long id) {
    changed.remove(id);
    removed.add(id);
  }
}
