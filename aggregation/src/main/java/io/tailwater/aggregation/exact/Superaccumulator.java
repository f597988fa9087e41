// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.exact;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A fixed-point number to which integers are added at any place, exact over the whole range.
 *
 * <p>This is the small superaccumulator of Radford M. Neal, "Fast Exact Summation Using Small and
 * Large Superaccumulators", arXiv:1505.05571 (2015), section "Exact summation using a small
 * superaccumulator": a fixed-point number in chunks of 64 bits of which neighbours overlap by 32,
 * so that a term touches two chunks and carries are propagated only once in 2047 terms. Chunk i
 * weighs 2<sup>32i</sup> units. Two things differ: only the chunks between the lowest and the
 * highest in use are held (amounts of money need three, not 67), and the propagated form is unique
 * (see {@link #propagate}).
 *
 * <p>Not thread-safe, not even for reading: reading propagates carries.
 */
abstract sealed class Superaccumulator permits ExactSum, ExactSquares {
  static final int CHUNK_BITS = 32;
  static final long CHUNK_MASK = (1L << CHUNK_BITS) - 1;

  /**
   * Terms after which carries are propagated: a propagated chunk is less than 2<sup>32</sup> and a
   * term of 53 bits adds at most 2<sup>52</sup> + 2<sup>32</sup>, so that 2047 of them stay below
   * 2<sup>63</sup>.
   */
  private static final int MAX_PENDING = 2047;

  /** Chunks that are allocated at least. */
  private static final int MIN_ALLOCATED = 4;

  /** Chunks above which an array is not kept for the next value: an outlier's, slow to scan. */
  private static final int MAX_KEPT = 8;

  private static final long[] NONE = {};

  private long[] chunks = NONE;

  /** The weight of {@code chunks[0]}: it counts 2<sup>32 · lowest</sup> units. */
  private int lowest;

  /** Terms added since the last propagation. */
  private int pending;

  /** The exponent of the unit: 1 stands for 2<sup>that</sup>. */
  abstract int unitExponent();

  /** The number of chunks that the greatest value has. */
  abstract int maxChunks();

  /** Where usual values begin, in bytes: the second field of their encoding takes one byte. */
  abstract int usualWeight();

  /** Whether the exact value is zero. */
  public final boolean isZero() {
    propagate();
    for (long chunk : chunks) {
      if (chunk != 0) {
        return false;
      }
    }
    return true;
  }

  /** Makes the value zero. */
  public final void clear() {
    allocate(lowest, 0);
  }

  /**
   * Appends the value: 1 byte for zero, else 2 bytes (4 for the extremes) and the significant bytes
   * of the magnitude. Equal values have equal bytes.
   */
  public final void encode(ByteWriter out) {
    ChunkEncoding.write(this, out);
  }

  /**
   * Replaces this value by the one that {@link #encode} has written.
   *
   * @throws io.tailwater.aggregation.bytes.CorruptBytesException if the bytes are not an encoded
   *     sum; the value is undefined then
   */
  public final void readFrom(ByteReader in) {
    ChunkEncoding.read(this, in);
  }

  /** Whether {@code other} is of the same kind and of exactly the same value. */
  @Override
  public final boolean equals(@Nullable Object other) {
    if (!(other instanceof Superaccumulator that) || that.unitExponent() != unitExponent()) {
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
  public final int hashCode() {
    propagate();
    int hash = 0;
    for (int i = 0; i < chunks.length; i++) {
      hash += Long.hashCode(chunks[i]) * (2 * (lowest + i) + 1);
    }
    return hash;
  }

  /** Makes this an independent equal of {@code other}. */
  final void become(Superaccumulator other) {
    chunks = other.chunks.clone();
    lowest = other.lowest;
    pending = other.pending;
  }

  /** The propagated chunks, of one sign, the lowest first; not to be changed. */
  final long[] propagated() {
    propagate();
    return chunks;
  }

  /** The weight of the first of the {@link #propagated} chunks. */
  final int lowest() {
    return lowest;
  }

  /** The exact value. */
  final Dyadic exact() {
    propagate();
    int top = chunks.length - 1;
    while (top >= 0 && chunks[top] == 0) {
      top--;
    }
    if (top < 0) {
      return Dyadic.ZERO;
    }
    int bottom = 0;
    while (chunks[bottom] == 0) {
      bottom++;
    }
    return new Dyadic(units(bottom, top), unitExponent() + (lowest + bottom) * CHUNK_BITS);
  }

  private BigInteger units(int bottom, int top) {
    byte[] magnitude = new byte[(top - bottom + 1) * Integer.BYTES];
    for (int i = bottom; i <= top; i++) {
      int at = (top - i) * Integer.BYTES;
      long chunk = Math.abs(chunks[i]);
      magnitude[at] = (byte) (chunk >>> 24);
      magnitude[at + 1] = (byte) (chunk >>> 16);
      magnitude[at + 2] = (byte) (chunk >>> 8);
      magnitude[at + 3] = (byte) chunk;
    }
    return new BigInteger(Long.signum(chunks[top]), magnitude);
  }

  /** Adds all of {@code other}, whose value does not change. */
  final void addAll(Superaccumulator other) {
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
   * Makes this zero and {@code length} chunks from {@code from} on writable.
   *
   * @return the chunks, the first of which weighs {@code from}
   */
  final long[] allocate(int from, int length) {
    if (length > chunks.length || chunks.length > MAX_KEPT) {
      chunks = length == 0 ? NONE : new long[Math.max(length, MIN_ALLOCATED)];
    } else {
      Arrays.fill(chunks, 0);
    }
    lowest = from;
    pending = 0;
    return chunks;
  }

  /**
   * Adds {@code units} · 2<sup>{@code shift}</sup> units.
   *
   * @param units less than 2<sup>53</sup> in magnitude
   */
  final void addUnits(long units, int shift) {
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
  final void propagate() {
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
