// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.exact;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The exact sum of finite doubles, rounded only when it is read. Terms can be taken away again:
 * value, {@link #round} and {@link #encode} depend on the multiset of terms that remain and on
 * nothing else.
 *
 * <p>This is the small superaccumulator of Radford M. Neal, "Fast Exact Summation Using Small and
 * Large Superaccumulators", arXiv:1505.05571 (2015), section "Exact summation using a small
 * superaccumulator": a fixed-point number in chunks of 64 bits of which neighbours overlap by 32,
 * so that a term touches two chunks and carries are propagated only once in 2047 terms. Chunk i
 * weighs 2<sup>32i</sup> units of 2<sup>−1074</sup>, the least positive double. Two things differ:
 * only the chunks between the lowest and the highest in use are held (amounts of money need three,
 * not 67), and the propagated form is unique (see {@link #propagate}).
 *
 * <p>Not thread-safe, not even for reading: reading propagates carries.
 */
public final class ExactSum {
  static final int CHUNK_BITS = 32;
  static final long CHUNK_MASK = (1L << CHUNK_BITS) - 1;

  /** Chunks for 2<sup>63</sup> terms of the largest double. */
  static final int MAX_CHUNKS = 68;

  private static final int FRACTION_BITS = 52;
  private static final long HIDDEN_BIT = 1L << FRACTION_BITS;
  private static final int NOT_FINITE = 0x7FF;

  /**
   * Terms after which carries are propagated: a propagated chunk is less than 2<sup>32</sup> and a
   * term adds at most 2<sup>52</sup> + 2<sup>32</sup>, so that 2047 of them stay below
   * 2<sup>63</sup>.
   */
  private static final int MAX_PENDING = 2047;

  /** Chunks that are allocated at least. */
  private static final int MIN_ALLOCATED = 4;

  /** Chunks above which an array is not kept for the next value: an outlier's, slow to scan. */
  private static final int MAX_KEPT = 8;

  private static final long[] NONE = {};

  private long[] chunks = NONE;

  /** The weight of {@code chunks[0]}: it counts units of 2<sup>32 · lowest − 1074</sup>. */
  private int lowest;

  /** Terms added since the last propagation. */
  private int pending;

  /** The sum that {@code in} holds at its position. See {@link #readFrom}. */
  public static ExactSum decode(ByteReader in) {
    ExactSum sum = new ExactSum();
    sum.readFrom(in);
    return sum;
  }

  /**
   * Adds a term.
   *
   * @throws IllegalArgumentException if {@code term} is NaN or infinite; the sum is unchanged then
   */
  public void add(double term) {
    long bits = Double.doubleToRawLongBits(term);
    int exponent = (int) (bits >>> FRACTION_BITS) & NOT_FINITE;
    if (exponent == NOT_FINITE) {
      throw new IllegalArgumentException("cannot add " + term + ": not finite");
    }
    long mantissa = bits & (HIDDEN_BIT - 1);
    if (exponent != 0) {
      mantissa |= HIDDEN_BIT;
      exponent--;
    }
    if (mantissa != 0) {
      long sign = bits >> 63;
      addUnits((mantissa ^ sign) - sign, exponent);
    }
  }

  /**
   * Takes a term away, whether or not it has been added before.
   *
   * @throws IllegalArgumentException if {@code term} is NaN or infinite; the sum is unchanged then
   */
  public void subtract(double term) {
    add(-term);
  }

  /** Adds all terms of {@code other}, whose value does not change. */
  public void merge(ExactSum other) {
    other.propagate();
    propagate();
    long[] terms = other.chunks;
    if (terms.length == 0) {
      return;
    }
    int offset = other.lowest;
    cover(offset, offset + terms.length);
    for (int i = 0; i < terms.length; i++) {
      chunks[offset - lowest + i] += terms[i];
    }
    pending = 1;
  }

  /**
   * The sum, rounded once to the nearest double, ties to even: never −0.0, never NaN.
   *
   * @return ±infinity if the sum rounds to no finite double
   */
  public double round() {
    propagate();
    return ChunkRounding.round(chunks, lowest);
  }

  /** Whether the exact sum is zero. */
  public boolean isZero() {
    propagate();
    for (long chunk : chunks) {
      if (chunk != 0) {
        return false;
      }
    }
    return true;
  }

  /** Makes the sum zero. */
  public void clear() {
    allocate(lowest, 0);
  }

  /** An independent sum of the same value. */
  public ExactSum copy() {
    ExactSum copy = new ExactSum();
    copy.chunks = chunks.clone();
    copy.lowest = lowest;
    copy.pending = pending;
    return copy;
  }

  /**
   * Appends the value: 1 byte for zero, else 2 bytes (4 for the extremes) and the significant bytes
   * of the magnitude. Equal values have equal bytes.
   */
  public void encode(ByteWriter out) {
    propagate();
    ChunkEncoding.write(chunks, lowest, out);
  }

  /**
   * Replaces this value by the one that {@link #encode} has written.
   *
   * @throws io.tailwater.aggregation.bytes.CorruptBytesException if the bytes are not an encoded
   *     sum; the value is undefined then
   */
  public void readFrom(ByteReader in) {
    ChunkEncoding.read(this, in);
  }

  /** Whether {@code other} is a sum of exactly the same value. */
  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof ExactSum that)) {
      return false;
    }
    propagate();
    that.propagate();
    int from = Math.min(lowest, that.lowest);
    int to = Math.max(lowest + chunks.length, that.lowest + that.chunks.length);
    for (int i = from; i < to; i++) {
      if (chunk(i) != that.chunk(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(round());
  }

  /** The sum as {@link #round} gives it: more digits may be held. */
  @Override
  public String toString() {
    return "ExactSum[" + round() + "]";
  }

  /**
   * Makes this zero and {@code length} chunks from {@code from} on writable.
   *
   * @return the chunks, the first of which weighs {@code from}
   */
  long[] allocate(int from, int length) {
    if (length > chunks.length || chunks.length > MAX_KEPT) {
      chunks = length == 0 ? NONE : new long[Math.max(length, MIN_ALLOCATED)];
    } else {
      Arrays.fill(chunks, 0);
    }
    lowest = from;
    pending = 0;
    return chunks;
  }

  private void addUnits(long units, int shift) {
    int index = (shift >>> 5) - lowest;
    if (index < 0 || index + 1 >= chunks.length) {
      cover(lowest + index, lowest + index + 2);
      index = (shift >>> 5) - lowest;
    }
    int offset = shift & (CHUNK_BITS - 1);
    chunks[index] += (units << offset) & CHUNK_MASK;
    chunks[index + 1] += units >> (CHUNK_BITS - offset);
    if (++pending == MAX_PENDING) {
      propagate();
    }
  }

  private void cover(int from, int to) {
    if (chunks.length == 0) {
      // One more below: amounts of money have their cents there.
      int below = Math.max(0, from - 1);
      allocate(below, to - below);
      return;
    }
    int first = Math.min(lowest, from);
    int length = Math.max(lowest + chunks.length, to) - first;
    if (length > chunks.length) {
      long[] wider = new long[length];
      System.arraycopy(chunks, 0, wider, lowest - first, chunks.length);
      chunks = wider;
      lowest = first;
    }
  }

  /**
   * Brings the chunks into the one form in which none of them reaches 2<sup>32</sup> in magnitude
   * and none has another sign than the sum.
   */
  private void propagate() {
    if (pending == 0) {
      return;
    }
    pending = 0;
    carryUp();
    if (chunks[chunks.length - 1] < 0) {
      borrowDown();
    }
  }

  /**
   * Leaves all chunks but the highest in [0, 2<sup>32</sup>) and that one above −2<sup>32</sup>.
   */
  private void carryUp() {
    int last = chunks.length - 1;
    long carry = 0;
    for (int i = 0; i < last; i++) {
      long chunk = chunks[i] + carry;
      chunks[i] = chunk & CHUNK_MASK;
      carry = chunk >> CHUNK_BITS;
    }
    long top = chunks[last] + carry;
    chunks[last] = top;
    if (top > CHUNK_MASK || top < -CHUNK_MASK) {
      cover(lowest, lowest + last + 2);
      chunks[last] = top & CHUNK_MASK;
      chunks[last + 1] = top >> CHUNK_BITS;
    }
  }

  /** Makes the lower chunks of a negative sum negative too. */
  private void borrowDown() {
    int last = chunks.length - 1;
    long carry = 0;
    for (int i = 0; i < last; i++) {
      long chunk = chunks[i] + carry;
      carry = chunk > 0 ? 1 : 0;
      chunks[i] = chunk - (carry << CHUNK_BITS);
    }
    chunks[last] += carry;
  }

  private long chunk(int weight) {
    int index = weight - lowest;
    return index < 0 || index >= chunks.length ? 0 : chunks[index];
  }
}
