// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.exact.ExactDecimalSum;
import io.tailwater.aggregation.exact.ExactLongSum;
import io.tailwater.aggregation.exact.ExactSum;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The running count, and where asked the exact sums of the values and of their squares. */
abstract sealed class Moments extends Cell implements Readings {
  private final int column;
  private final @Nullable ExactSquares squares;
  private long count;

  /** The results since the last change. A vector changes in few of its windows at a step. */
  private @Nullable Object sum;

  private @Nullable Object average;

  private Moments(int column, @Nullable ExactSquares squares) {
    this.column = column;
    this.squares = squares;
  }

  static Moments create(int column, ValueType type, Basis basis) {
    if (basis == Basis.COUNT) {
      return new Count(column);
    }
    ExactSquares squares = basis == Basis.SQUARES ? ExactSquares.of(type) : null;
    return switch (type.kind()) {
      case INT32, INT64, BOOL -> new LongSum(column, squares, new ExactLongSum());
      case FLOAT, DOUBLE -> new DoubleSum(column, squares, new ExactSum());
      case DECIMAL -> new DecimalSum(column, squares, new ExactDecimalSum(type.scale()));
      case STRING, BYTES, TIMESTAMP, ARRAY, MAP ->
          throw new IllegalArgumentException("cannot sum %s".formatted(type));
    };
  }

  @Override
  final void add(Chunk chunk, int index, PageStore pages) {
    Column values = chunk.column(column);
    if (!values.isNull(index)) {
      count++;
      include(values, index, squares);
      forgetResults();
    }
  }

  @Override
  final void remove(Chunk chunk, int index, PageStore pages) {
    Column values = chunk.column(column);
    if (!values.isNull(index)) {
      count--;
      exclude(values, index, squares);
      forgetResults();
    }
  }

  @Override
  final Readings readings(PageStore pages) {
    return this;
  }

  @Override
  final boolean isEmpty() {
    return count == 0;
  }

  @Override
  final void clear(PageStore pages) {}

  @Override
  public final long count() {
    return count;
  }

  @Override
  public final @Nullable Object sum() {
    if (sum == null && count != 0) {
      sum = total();
    }
    return sum;
  }

  /** The average; null of no values, or if the sum is outside its type. */
  final @Nullable Object average() {
    if (average == null && count != 0) {
      average = mean();
    }
    return average;
  }

  private void forgetResults() {
    sum = null;
    average = null;
  }

  final Accumulator copy() {
    Accumulator copy = copySum();
    copy.count = count;
    return copy;
  }

  final void write(ByteWriter out) {
    out.writeVarLong(count);
    writeSum(out);
  }

  final void read(ByteReader in) {
    count = in.readVarLong();
    readSum(in);
    forgetResults();
  }

  abstract void include(Column column, int index);

  abstract void exclude(Column column, int index);

  abstract @Nullable Object total();

  abstract @Nullable Object mean();

  abstract Accumulator copySum();

  abstract void writeSum(ByteWriter out);

  abstract void readSum(ByteReader in);

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? Double.valueOf(value) : null;
  }

  private static final class Count extends Accumulator {
    @Override
    void include(Column column, int index) {}

    @Override
    void exclude(Column column, int index) {}

    @Override
    @Nullable Object total() {
      throw new IllegalStateException("the sum of a counted column");
    }

    @Override
    @Nullable Object mean() {
      throw new IllegalStateException("the average of a counted column");
    }

    @Override
    Accumulator copySum() {
      return new Count();
    }

    @Override
    void writeSum(ByteWriter out) {}

    @Override
    void readSum(ByteReader in) {}
  }

  private static final class LongSum extends Accumulator {
    private final ExactLongSum sum;

    LongSum(ExactLongSum sum) {
      this.sum = sum;
    }

    @Override
    void include(Column column, int index) {
      sum.add(column.longAt(index));
    }

    @Override
    void exclude(Column column, int index) {
      sum.subtract(column.longAt(index));
    }

    @Override
    @Nullable Object total() {
      return sum.value();
    }

    @Override
    @Nullable Object mean() {
      return finite(sum.toDouble() / count());
    }

    @Override
    Accumulator copySum() {
      return new LongSum(sum.copy());
    }

    @Override
    void writeSum(ByteWriter out) {
      sum.encode(out);
    }

    @Override
    void readSum(ByteReader in) {
      sum.readFrom(in);
    }
  }

  private static final class DoubleSum extends Accumulator {
    private final ExactSum sum;
    private double rounded;
    private boolean isRounded;

    DoubleSum(ExactSum sum) {
      this.sum = sum;
    }

    @Override
    void include(Column column, int index) {
      sum.add(column.doubleAt(index));
      isRounded = false;
    }

    @Override
    void exclude(Column column, int index) {
      sum.subtract(column.doubleAt(index));
      isRounded = false;
    }

    /** Sum and average of one vector ask for the same number. */
    private double rounded() {
      if (!isRounded) {
        rounded = sum.round();
        isRounded = true;
      }
      return rounded;
    }

    @Override
    @Nullable Object total() {
      return finite(rounded());
    }

    @Override
    @Nullable Object mean() {
      return finite(rounded() / count());
    }

    @Override
    Accumulator copySum() {
      return new DoubleSum(sum.copy());
    }

    @Override
    void writeSum(ByteWriter out) {
      sum.encode(out);
    }

    @Override
    void readSum(ByteReader in) {
      sum.readFrom(in);
      isRounded = false;
    }
  }

  private static final class DecimalSum extends Accumulator {
    private final ExactDecimalSum sum;

    DecimalSum(ExactDecimalSum sum) {
      this.sum = sum;
    }

    @Override
    void include(Column column, int index) {
      sum.add(decimal(column, index));
    }

    @Override
    void exclude(Column column, int index) {
      sum.subtract(decimal(column, index));
    }

    private static BigDecimal decimal(Column column, int index) {
      Object value = column.objectAt(index);
      if (value instanceof BigDecimal decimal) {
        return decimal;
      }
      throw new IllegalStateException("not a decimal: %s".formatted(value));
    }

    @Override
    @Nullable Object total() {
      return sum.value();
    }

    @Override
    @Nullable Object mean() {
      return sum.average(count());
    }

    @Override
    Accumulator copySum() {
      return new DecimalSum(sum.copy());
    }

    @Override
    void writeSum(ByteWriter out) {
      sum.encode(out);
    }

    @Override
    void readSum(ByteReader in) {
      sum.readFrom(in);
    }
  }
}
