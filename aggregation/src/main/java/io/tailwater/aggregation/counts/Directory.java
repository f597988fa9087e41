// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.counts;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;

/**
 * What is known of the pages of a multiset without reading them, in the order of their values. Not
 * thread-safe.
 *
 * <pre>
 * directory = pages; bounds; then of each page: size − 1, total − size, unless they are equal
 *             most − 1, zigzag of what its id is more than the one before
 * </pre>
 */
final class Directory {
  private final KeyForm form;

  /** Of each page but the first: a key above those of the page before, not above its own. */
  private Keys bounds;

  /** Different values, values, greatest counts and ids of pages. */
  private long[] sizes;

  private long[] totals;
  private long[] mosts;
  private long[] ids;

  private Directory(
      KeyForm form, Keys bounds, long[] sizes, long[] totals, long[] mosts, long[] ids) {
    this.form = form;
    this.bounds = bounds;
    this.sizes = sizes;
    this.totals = totals;
    this.mosts = mosts;
    this.ids = ids;
  }

  /** Of no page. */
  static Directory empty(KeyForm form) {
    long[] none = {};
    return new Directory(form, form.none(), none, none, none, none);
  }

  Directory copy() {
    return new Directory(form, bounds, sizes.clone(), totals.clone(), mosts.clone(), ids);
  }

  void write(ByteWriter out) {
    form.write(bounds, out);
    long last = 0;
    for (int i = 0; i < ids.length; i++) {
      out.writeVarLong(sizes[i] - 1);
      out.writeVarLong(totals[i] - sizes[i]);
      if (totals[i] != sizes[i]) {
        out.writeVarLong(mosts[i] - 1);
      }
      out.writeZigZag(ids[i] - last);
      last = ids[i];
    }
  }

  /**
   * @param pages how many, at least 1
   */
  static Directory read(KeyForm form, int pages, ByteReader in) {
    Keys bounds = form.read(pages - 1, in);
    long[] sizes = new long[pages];
    long[] totals = new long[pages];
    long[] mosts = new long[pages];
    long[] ids = new long[pages];
    for (int i = 0; i < pages; i++) {
      sizes[i] = in.readVarLong() + 1;
      totals[i] = in.readVarLong() + sizes[i];
      mosts[i] = totals[i] == sizes[i] ? 1 : in.readVarLong() + 1;
      ids[i] = in.readZigZag() + (i == 0 ? 0 : ids[i - 1]);
    }
    return new Directory(form, bounds, sizes, totals, mosts, ids);
  }

  /** The number of pages. */
  int pages() {
    return ids.length;
  }

  /** The index of the page where a key stands or would stand. */
  int find(Object key) {
    int bound = bounds.find(key);
    return bound >= 0 ? bound + 1 : -1 - bound;
  }

  long id(int index) {
    return ids[index];
  }

  long size(int index) {
    return sizes[index];
  }

  long total(int index) {
    return totals[index];
  }

  /** The greatest count of a value of the page. */
  long most(int index) {
    return mosts[index];
  }

  /** The different values of all pages. */
  long distinct() {
    long sum = 0;
    for (long size : sizes) {
      sum += size;
    }
    return sum;
  }

  /** The values of all pages. */
  long total() {
    long sum = 0;
    for (long total : totals) {
      sum += total;
    }
    return sum;
  }

  /** Says what is in a page now. */
  void set(int index, Page page) {
    sizes[index] = page.size();
    totals[index] = page.total();
    mosts[index] = page.most();
  }

  /** Puts the first page here. */
  void start(long id, Page page) {
    insert(0, id, page);
  }

  /**
   * Puts a page behind that of {@code index}.
   *
   * @param bound above the keys of the page at {@code index}, not above those of the new one
   */
  void insertAfter(int index, Object bound, long id, Page page) {
    bounds = bounds.with(index, bound);
    insert(index + 1, id, page);
  }

  /** Forgets a page; what its keys would be falls to the one before, or the next of the first. */
  void remove(int index) {
    if (bounds.size() > 0) {
      bounds = bounds.without(Math.max(0, index - 1));
    }
    sizes = Longs.without(sizes, index);
    totals = Longs.without(totals, index);
    mosts = Longs.without(mosts, index);
    ids = Longs.without(ids, index);
  }

  private void insert(int index, long id, Page page) {
    sizes = Longs.with(sizes, index, page.size());
    totals = Longs.with(totals, index, page.total());
    mosts = Longs.with(mosts, index, page.most());
    ids = Longs.with(ids, index, id);
  }
}
