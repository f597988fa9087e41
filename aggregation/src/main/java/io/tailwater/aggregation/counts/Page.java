// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.counts;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.bytes.CorruptBytesException;
import java.util.Arrays;

/**
 * Part of a multiset: different values in order, and how often each occurs. Immutable.
 *
 * <pre>
 * page = version, form, entries; entries = size, total − size, keys; then, unless the total is the size,
 *        count − 1 each
 * </pre>
 */
public final class Page {
  private static final int VERSION = 1;

  private final KeyForm form;
  private final Keys keys;
  private final long[] counts;
  private final long total;
  private final long most;

  private Page(KeyForm form, Keys keys, long[] counts) {
    this.form = form;
    this.keys = keys;
    this.counts = counts;
    long sum = 0;
    long greatest = 0;
    for (long count : counts) {
      sum += count;
      greatest = Math.max(greatest, count);
    }
    this.total = sum;
    this.most = greatest;
  }

  static Page empty(KeyForm form) {
    return new Page(form, form.none(), new long[0]);
  }

  /** Appends the page. */
  public void write(ByteWriter out) {
    out.writeByte(VERSION);
    out.writeByte(form.code());
    writeEntries(out);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws CorruptBytesException if the bytes are of no known version or form or end early
   */
  public static Page read(ByteReader in) {
    int version = in.readByte();
    if (version != VERSION) {
      throw new CorruptBytesException("a page of the unknown version %d".formatted(version));
    }
    return readEntries(KeyForm.ofCode(in.readByte()), in);
  }

  void writeEntries(ByteWriter out) {
    out.writeVarLong(counts.length);
    out.writeVarLong(total - counts.length);
    form.write(keys, out);
    if (total != counts.length) {
      for (long count : counts) {
        out.writeVarLong(count - 1);
      }
    }
  }

  static Page readEntries(KeyForm form, ByteReader in) {
    int size = KeyCodec.checkedLength(in.readVarLong(), in);
    long more = in.readVarLong();
    Keys keys = form.read(size, in);
    long[] counts = new long[size];
    for (int i = 0; i < size; i++) {
      counts[i] = more == 0 ? 1 : in.readVarLong() + 1;
    }
    Page page = new Page(form, keys, counts);
    if (page.total != size + more) {
      throw new CorruptBytesException(
          "counts of %d in all where %d are due".formatted(page.total, size + more));
    }
    return page;
  }

  /** The number of different values. */
  int size() {
    return counts.length;
  }

  /** The number of values. */
  long total() {
    return total;
  }

  /** The greatest count of a value, 0 if there is none. */
  long most() {
    return most;
  }

  int bytes() {
    return keys.bytes();
  }

  long count(int index) {
    return counts[index];
  }

  Object key(int index) {
    return keys.at(index);
  }

  /** See {@link Keys#find}. */
  int find(Object key) {
    return keys.find(key);
  }

  /** See {@link Keys#separator}. */
  Object separator(int index) {
    return keys.separator(index);
  }

  /** The key of rank 0 to total − 1. */
  Object keyOfRank(long rank) {
    int index = 0;
    for (long rest = rank; rest >= counts[index]; index++) {
      rest -= counts[index];
    }
    return keys.at(index);
  }

  /**
   * This page with a key once more.
   *
   * @param found what {@link #find} has said of it
   */
  Page plus(int found, Object key) {
    if (found >= 0) {
      return counted(found, counts[found] + 1);
    }
    int index = -1 - found;
    return new Page(form, keys.with(index, key), Longs.with(counts, index, 1));
  }

  /** This page with the key at an index once less. */
  Page minus(int index) {
    return counts[index] > 1
        ? counted(index, counts[index] - 1)
        : new Page(form, keys.without(index), Longs.without(counts, index));
  }

  Page slice(int from, int to) {
    return new Page(form, keys.slice(from, to), Arrays.copyOfRange(counts, from, to));
  }

  /** This page and another whose keys are all above. */
  Page followedBy(Page higher) {
    return new Page(form, keys.followedBy(higher.keys), Longs.concat(counts, higher.counts));
  }

  private Page counted(int index, long count) {
    long[] changed = counts.clone();
    changed[index] = count;
    return new Page(form, keys, changed);
  }
}
