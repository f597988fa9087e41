// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.counts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Selects the most frequent entries of some pages, equally frequent ones in their order.
 *
 * <p>Pages are read by descending greatest count, equal ones in their order. Each page gives an
 * entry that goes before all of the pages after it, so that k pages are enough.
 */
final class MostFrequent {
  /** The order of the result. */
  private static final Comparator<Entry> BEST_FIRST =
      Comparator.comparingLong(Entry::count)
          .reversed()
          .thenComparingInt(Entry::page)
          .thenComparingInt(Entry::index);

  private final int wanted;

  /** The best so far, the least of them first. */
  private final PriorityQueue<Entry> best = new PriorityQueue<>(BEST_FIRST.reversed());

  MostFrequent(int wanted) {
    this.wanted = wanted;
  }

  /**
   * @param page the index of the page
   * @param index the index in the page
   */
  private record Entry(long count, int page, int index, Object key) {}

  /** Considers the pages of a directory that may have entries to select. */
  void offerAll(Directory directory, PageStore pages) {
    int next = nextPage(directory, Long.MAX_VALUE, -1);
    while (next >= 0 && isWanted(directory.most(next), next)) {
      offer(pages.get(directory.id(next)), next);
      next = nextPage(directory, directory.most(next), next);
    }
  }

  /** Considers the entries of a page. */
  void offer(Page page, int pageIndex) {
    for (int i = 0; i < page.size(); i++) {
      if (isWanted(page.count(i), pageIndex)) {
        best.add(new Entry(page.count(i), pageIndex, i, page.key(i)));
        if (best.size() > wanted) {
          best.remove();
        }
      }
    }
  }

  /** The keys of the selected entries, the most frequent one first. */
  List<Object> keys() {
    List<Entry> entries = new ArrayList<>(best);
    entries.sort(BEST_FIRST);
    List<Object> keys = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      keys.add(entry.key());
    }
    return Collections.unmodifiableList(keys);
  }

  /** Whether an entry of a page would be selected that comes behind those offered of the page. */
  private boolean isWanted(long count, int page) {
    Entry least = best.peek();
    return least == null
        || best.size() < wanted
        || count > least.count()
        || (count == least.count() && page < least.page());
  }

  /**
   * The page that follows one of a greatest count and an index in the order of reading; −1 if there
   * is none.
   */
  private static int nextPage(Directory directory, long most, int index) {
    int next = -1;
    for (int i = 0; i < directory.pages(); i++) {
      long candidate = directory.most(i);
      boolean after = candidate < most || (candidate == most && i > index);
      if (after && (next < 0 || candidate > directory.most(next))) {
        next = i;
      }
    }
    return next;
  }
}
