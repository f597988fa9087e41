// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.exact;

import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.bytes.CorruptBytesException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * The exact sum of decimals of one scale, without bounds. Terms can be taken away again: the value
 * depends on the multiset of terms that remain and on nothing else. Not thread-safe.
 */
public final class ExactDecimalSum {
  /** Decimal digits of terms and results, at most. */
  private static final int MAX_DIGITS = 38;

  private static final int MIN_AVERAGE_SCALE = 6;

  /** Longer sums than 2<sup>63</sup> terms of 38 digits do not occur. */
  private static final int MAX_BYTES = 32;

  private final int scale;

  /** The unscaled terms that fit into a long, nearly always all of them. */
  private final ExactLongSum narrow = new ExactLongSum();

  /** The sum of the other unscaled terms. */
  private BigInteger wide = BigInteger.ZERO;

  /**
   * @param scale decimal digits behind the point of every term, 0 to 38
   */
  public ExactDecimalSum(int scale) {
    if (scale < 0 || scale > MAX_DIGITS) {
      throw new IllegalArgumentException("scale " + scale + " is not 0 to 38");
    }
    this.scale = scale;
  }

  /** The sum of {@code scale} that {@code in} holds at its position. See {@link #readFrom}. */
  public static ExactDecimalSum decode(int scale, ByteReader in) {
    ExactDecimalSum sum = new ExactDecimalSum(scale);
    sum.readFrom(in);
    return sum;
  }

  /**
   * Adds a term.
   *
   * @throws IllegalArgumentException if its scale is not that of the sum
   */
  public void add(BigDecimal term) {
    BigInteger unscaled = unscaled(term);
    if (unscaled.bitLength() < Long.SIZE) {
      narrow.add(unscaled.longValue());
    } else {
      wide = wide.add(unscaled);
    }
  }

  /**
   * Takes a term away, whether or not it has been added before.
   *
   * @throws IllegalArgumentException if its scale is not that of the sum
   */
  public void subtract(BigDecimal term) {
    BigInteger unscaled = unscaled(term);
    if (unscaled.bitLength() < Long.SIZE) {
      narrow.subtract(unscaled.longValue());
    } else {
      wide = wide.subtract(unscaled);
    }
  }

  /**
   * Adds all terms of {@code other}.
   *
   * @throws IllegalArgumentException if its scale is another
   */
  public void merge(ExactDecimalSum other) {
    checkScale(other.scale);
    narrow.merge(other.narrow);
    wide = wide.add(other.wide);
  }

  /** The sum as DECIMAL(38, scale); null if it has more than 38 digits. */
  public @Nullable BigDecimal value() {
    return inRange(exact());
  }

  /**
   * The sum divided by {@code count} as DECIMAL(38, max(scale, 6)), rounded once, HALF_UP; null if
   * it has more than 38 digits. The sum itself may have more.
   *
   * @param count the number of terms, positive
   */
  public @Nullable BigDecimal average(long count) {
    if (count <= 0) {
      throw new IllegalArgumentException("average of " + count + " terms");
    }
    int averageScale = Math.max(scale, MIN_AVERAGE_SCALE);
    return inRange(exact().divide(BigDecimal.valueOf(count), averageScale, RoundingMode.HALF_UP));
  }

  /** Whether the sum is zero. */
  public boolean isZero() {
    return wide.signum() == 0 ? narrow.isZero() : total().signum() == 0;
  }

  /** Makes the sum zero. */
  public void clear() {
    narrow.clear();
    wide = BigInteger.ZERO;
  }

  /** An independent sum of the same value. */
  public ExactDecimalSum copy() {
    ExactDecimalSum copy = new ExactDecimalSum(scale);
    copy.merge(this);
    return copy;
  }

  /**
   * Appends the value without the scale: 1 byte for zero, else the length and the unscaled value in
   * two's complement, shortest form. Equal values have equal bytes.
   */
  public void encode(ByteWriter out) {
    Long unscaled = wide.signum() == 0 ? narrow.value() : null;
    if (unscaled == null) {
      encodeLong(out);
      return;
    }
    long value = unscaled;
    int length = value == 0 ? 0 : bytesOf(value);
    out.writeByte(length);
    for (int i = length - 1; i >= 0; i--) {
      out.writeByte((int) (value >> (i * Byte.SIZE)));
    }
  }

  /**
   * Replaces this value by the one that {@link #encode} has written.
   *
   * @throws CorruptBytesException if the bytes are not an encoded sum; the value is undefined then
   */
  public void readFrom(ByteReader in) {
    clear();
    int length = in.readByte();
    if (length > MAX_BYTES) {
      throw new CorruptBytesException(
          "a sum of %d bytes before byte %d".formatted(length, in.position()));
    }
    if (length > Long.BYTES) {
      wide = new BigInteger(in.readBytes(length));
    } else if (length > 0) {
      long value = (byte) in.readByte();
      for (int i = 1; i < length; i++) {
        value = (value << Byte.SIZE) | in.readByte();
      }
      narrow.add(value);
    }
  }

  /** Whether {@code other} is a sum of the same scale and value. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ExactDecimalSum that
        && scale == that.scale
        && total().equals(that.total());
  }

  @Override
  public int hashCode() {
    return 31 * total().hashCode() + scale;
  }

  @Override
  public String toString() {
    return "ExactDecimalSum[" + exact().toPlainString() + "]";
  }

  /** The path for sums beyond a long; their parts are not canonical, their total is. */
  private void encodeLong(ByteWriter out) {
    BigInteger total = total();
    if (total.signum() == 0) {
      out.writeByte(0);
      return;
    }
    byte[] bytes = total.toByteArray();
    out.writeByte(bytes.length);
    out.writeBytes(bytes);
  }

  int scale() {
    return scale;
  }

  /** The sum of the unscaled terms. */
  BigInteger unscaled() {
    return total();
  }

  private BigInteger total() {
    BigInteger small = narrow.toBigInteger();
    return wide.signum() == 0 ? small : small.add(wide);
  }

  private BigDecimal exact() {
    Long unscaled = wide.signum() == 0 ? narrow.value() : null;
    return unscaled == null ? new BigDecimal(total(), scale) : BigDecimal.valueOf(unscaled, scale);
  }

  private BigInteger unscaled(BigDecimal term) {
    checkScale(term.scale());
    return term.unscaledValue();
  }

  private void checkScale(int other) {
    if (other != scale) {
      throw new IllegalArgumentException("scale %d where %d is due".formatted(other, scale));
    }
  }

  private static @Nullable BigDecimal inRange(BigDecimal value) {
    return value.precision() > MAX_DIGITS ? null : value;
  }

  /** Bytes of the shortest two's complement, as {@link BigInteger#toByteArray} has it. */
  private static int bytesOf(long value) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value ^ (value >> 63));
    return bits / Byte.SIZE + 1;
  }
}
