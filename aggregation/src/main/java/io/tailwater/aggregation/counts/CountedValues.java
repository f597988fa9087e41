// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.counts;

import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.bytes.CorruptBytesException;
import java.util.ArrayList;
import java.util.List;

/**
 * An exact multiset of values in order, to which values are added and from which they are taken
 * away: the different values, the value of a rank and the most frequent ones. What it says is a
 * function of the values that remain.
 *
 * <p>Up to {@value #MAX_INLINE} different values are held here. Of more, a directory is here and
 * the values are in the pages of a {@link PageStore}, always the same one. Pages grow with their
 * number, since an operation reads the directory and a page. An operation gets at most two pages,
 * puts at most two and removes at most one, however many values there are.
 *
 * <p>Values are {@link Long} for INT32, INT64 and TIMESTAMP, {@link Double} for FLOAT and DOUBLE
 * (finite), {@link java.math.BigDecimal} of the type's scale, {@link String} and {@link Boolean}.
 * Strings are what is left of them in UTF-8: an unpaired surrogate is a question mark.
 *
 * <p>Not thread-safe.
 */
public final class CountedValues {
  static final int MAX_INLINE = 32;

  /** Different values that a page holds before it is split, with few pages and with many. */
  private static final int MIN_CAPACITY = 64;

  private static final int MAX_CAPACITY = 256;

  /** Bytes from which a page is split, however few values it has: they are long strings. */
  private static final int MAX_PAGE_BYTES = 16_384;

  private final KeyForm form;
  private final int scale;
  private final Directory directory;

  /** All values, while there is no page. */
  private Page inline;

  private long size;
  private long distinct;

  /**
   * Of no values.
   *
   * @param type a number, STRING, BOOL or TIMESTAMP
   */
  public CountedValues(ValueType type) {
    this(KeyForm.of(type), type.scale());
  }

  private CountedValues(KeyForm form, int scale) {
    this(form, scale, Directory.empty(form), Page.empty(form));
  }

  private CountedValues(KeyForm form, int scale, Directory directory, Page inline) {
    this.form = form;
    this.scale = scale;
    this.directory = directory;
    this.inline = inline;
    this.size = directory.total() + inline.total();
    this.distinct = directory.distinct() + inline.size();
  }

  /** Adds a value once. */
  public void add(Object value, PageStore pages) {
    Object key = form.key(value, scale);
    if (directory.pages() == 0) {
      addInline(key, pages);
      return;
    }
    int index = directory.find(key);
    Page page = pages.get(directory.id(index));
    int found = page.find(key);
    count(1, found < 0 ? 1 : 0);
    Page grown = page.plus(found, key);
    if (found < 0 && isOver(grown)) {
      split(index, grown, found, pages);
    } else {
      replace(index, grown, pages);
    }
  }

  /**
   * Takes a value away once.
   *
   * @throws IllegalStateException if it is not here: the state is damaged
   */
  public void remove(Object value, PageStore pages) {
    Object key = form.key(value, scale);
    if (directory.pages() == 0) {
      int found = found(inline, key, value);
      count(-1, inline.count(found) == 1 ? -1 : 0);
      inline = inline.minus(found);
      return;
    }
    int index = directory.find(key);
    Page page = pages.get(directory.id(index));
    int found = found(page, key, value);
    boolean last = page.count(found) == 1;
    count(-1, last ? -1 : 0);
    Page rest = page.minus(found);
    if (last) {
      shrink(index, rest, pages);
    } else {
      replace(index, rest, pages);
    }
  }

  /** The number of values. */
  public long size() {
    return size;
  }

  /** The number of different values. */
  public long distinct() {
    return distinct;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /**
   * The value of a rank: the first is of rank 0, and of as many ranks as it occurs.
   *
   * @throws IndexOutOfBoundsException if the rank is not 0 to size − 1
   */
  public Object at(long rank, PageStore pages) {
    if (rank < 0 || rank >= size) {
      throw new IndexOutOfBoundsException("rank %d of %d values".formatted(rank, size));
    }
    if (directory.pages() == 0) {
      return form.value(inline.keyOfRank(rank), scale);
    }
    int index = 0;
    long rest = rank;
    while (rest >= directory.total(index)) {
      rest -= directory.total(index);
      index++;
    }
    return form.value(pages.get(directory.id(index)).keyOfRank(rest), scale);
  }

  /**
   * The most frequent values, the most frequent one first, equally frequent ones in their order;
   * all values if there are fewer. Gets at most {@code k} pages.
   *
   * @param k how many, positive
   */
  public List<Object> mostFrequent(int k, PageStore pages) {
    MostFrequent best = new MostFrequent(k);
    if (directory.pages() == 0) {
      best.offer(inline, 0);
    } else {
      best.offerAll(directory, pages);
    }
    List<Object> values = new ArrayList<>();
    for (Object key : best.keys()) {
      values.add(form.value(key, scale));
    }
    return values;
  }

  /**
   * A multiset of the same values and the same pages. Only one of the two may change the store; the
   * other one is for an {@link OverlayPageStore} over it.
   */
  public CountedValues copy() {
    return new CountedValues(form, scale, directory.copy(), inline);
  }

  /** Appends what is here: all of a small multiset, else where its pages are. */
  public void write(ByteWriter out) {
    out.writeVarLong(directory.pages());
    if (directory.pages() == 0) {
      inline.writeEntries(out);
    } else {
      directory.write(out);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws CorruptBytesException if nothing like it is there
   */
  public static CountedValues read(ValueType type, ByteReader in) {
    KeyForm form = KeyForm.of(type);
    int pages = KeyCodec.checkedLength(in.readVarLong(), in);
    return pages == 0
        ? new CountedValues(form, type.scale(), Directory.empty(form), Page.readEntries(form, in))
        : new CountedValues(form, type.scale(), Directory.read(form, pages, in), Page.empty(form));
  }

  /** Forgets all values and removes their pages. */
  public void clear(PageStore pages) {
    for (int i = directory.pages() - 1; i >= 0; i--) {
      dropPage(i, pages);
    }
    inline = Page.empty(form);
    size = 0;
    distinct = 0;
  }

  private void count(int values, int differentValues) {
    size += values;
    distinct += differentValues;
  }

  private static int found(Page page, Object key, Object value) {
    int found = page.find(key);
    if (found < 0) {
      throw new IllegalStateException(
          "%s is to be taken away and is not there: the state is damaged".formatted(value));
    }
    return found;
  }

  private void addInline(Object key, PageStore pages) {
    int found = inline.find(key);
    count(1, found < 0 ? 1 : 0);
    Page grown = inline.plus(found, key);
    if (grown.size() > MAX_INLINE) {
      directory.start(pages.add(grown), grown);
      inline = Page.empty(form);
    } else {
      inline = grown;
    }
  }

  private void replace(int index, Page page, PageStore pages) {
    pages.replace(directory.id(index), page);
    directory.set(index, page);
  }

  private void dropPage(int index, PageStore pages) {
    pages.remove(directory.id(index));
    directory.remove(index);
  }

  /** Balances the bytes of the directory and those of a page, of which each operation has both. */
  private int capacity() {
    return Math.max(MIN_CAPACITY, Math.min(directory.pages(), MAX_CAPACITY));
  }

  private boolean isOver(Page page) {
    return page.size() > capacity() || (page.size() > 1 && page.bytes() > MAX_PAGE_BYTES);
  }

  /** Splits in halves, but begins a new last page with a new greatest value: times ascend. */
  private void split(int index, Page page, int found, PageStore pages) {
    int last = page.size() - 1;
    boolean ascending = index == directory.pages() - 1 && -1 - found == last;
    int from = ascending ? last : page.size() / 2;
    Page left = page.slice(0, from);
    Page right = page.slice(from, page.size());
    replace(index, left, pages);
    directory.insertAfter(index, page.separator(from), pages.add(right), right);
  }

  /** Puts what is left of a page after a value has gone from it, with its neighbour if both fit. */
  private void shrink(int index, Page page, PageStore pages) {
    if (page.size() == 0) {
      dropPage(index, pages);
    } else if (directory.pages() == 1 && page.size() <= MAX_INLINE / 2) {
      dropPage(index, pages);
      inline = page;
    } else if (page.size() > capacity() / 4 || !mergeWithSmallerNeighbour(index, page, pages)) {
      replace(index, page, pages);
    }
  }

  private boolean mergeWithSmallerNeighbour(int index, Page page, PageStore pages) {
    int neighbour = smallerNeighbour(index);
    if (neighbour < 0 || directory.size(neighbour) + page.size() > capacity() * 3L / 4) {
      return false;
    }
    Page other = pages.get(directory.id(neighbour));
    Page both = neighbour < index ? other.followedBy(page) : page.followedBy(other);
    if (isOver(both)) {
      return false;
    }
    replace(Math.min(index, neighbour), both, pages);
    dropPage(Math.max(index, neighbour), pages);
    return true;
  }

  /** The index of the smaller one of the pages beside a page; −1 if it is alone. */
  private int smallerNeighbour(int index) {
    int next = index + 1;
    if (next == directory.pages()
        || (index > 0 && directory.size(index - 1) <= directory.size(next))) {
      return index - 1;
    }
    return next;
  }
}
