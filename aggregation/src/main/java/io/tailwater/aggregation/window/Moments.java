// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.AggregateFunction.Basis;
import io.tailwater.aggregation.Readings;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.counts.PageStore;
import io.tailwater.aggregation.exact.ExactDecimalSum;
import io.tailwater.aggregation.exact.ExactLongSum;
import io.tailwater.aggregation.exact.ExactSquares;
import io.tailwater.aggregation.exact.ExactSum;
import io.tailwater.aggregation.exact.Variance;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The running count, and where asked the exact sums of the values and of their squares. */
abstract sealed class Moments extends Cell implements Readings {
  private final int column;

  /** Null unless variances are asked for. */
  private final @Nullable ExactSquares squares;

  private long count;

  private Moments(int column, @Nullable ExactSquares squares) {
    this.column = column;
    this.squares = squares;
  }

  static Moments create(int column, ValueType type, Basis basis) {
    if (basis == Basis.COUNT) {
      return new Count(column);
    }
    ExactSquares squares = basis == Basis.SQUARES ? new ExactSquares() : null;
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
    }
  }

  @Override
  final void remove(Chunk chunk, int index, PageStore pages) {
    Column values = chunk.column(column);
    if (!values.isNull(index)) {
      count--;
      exclude(values, index, squares);
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
    return count == 0 ? null : total();
  }

  @Override
  public final @Nullable Object average() {
    return count == 0 ? null : mean();
  }

  @Override
  public final @Nullable Double variance(boolean sample) {
    if (squares == null) {
      throw new UnsupportedOperationException("the squares are not summed");
    }
    return spread(squares, sample);
  }

  @Override
  final Moments copy() {
    Moments copy = copySums(column, squares == null ? null : squares.copy());
    copy.count = count;
    return copy;
  }

  @Override
  final void write(ByteWriter out) {
    out.writeVarLong(count);
    writeSum(out);
    if (squares != null) {
      squares.encode(out);
    }
  }

  @Override
  final void read(ByteReader in) {
    count = in.readVarLong();
    readSum(in);
    if (squares != null) {
      squares.readFrom(in);
    }
  }

  abstract void include(Column values, int index, @Nullable ExactSquares squares);

  abstract void exclude(Column values, int index, @Nullable ExactSquares squares);

  abstract @Nullable Object total();

  abstract @Nullable Object mean();

  abstract @Nullable Double spread(ExactSquares squares, boolean sample);

  abstract Moments copySums(int column, @Nullable ExactSquares squares);

  abstract void writeSum(ByteWriter out);

  abstract void readSum(ByteReader in);

  private static @Nullable Double finite(double value) {
    // The average of a tiny negative sum may round to −0.0, which is 0.0.
    return Double.isFinite(value) ? Double.valueOf(value + 0.0) : null;
  }

  private static final class Count extends Moments {
    Count(int column) {
      super(column, null);
    }

    @Override
    void include(Column values, int index, @Nullable ExactSquares squares) {}

    @Override
    void exclude(Column values, int index, @Nullable ExactSquares squares) {}

    @Override
    @Nullable Object total() {
      throw new UnsupportedOperationException("the sum of a counted column");
    }

    @Override
    @Nullable Object mean() {
      throw new UnsupportedOperationException("the average of a counted column");
    }

    @Override
    @Nullable Double spread(ExactSquares squares, boolean sample) {
      throw new UnsupportedOperationException("the variance of a counted column");
    }

    @Override
    Moments copySums(int column, @Nullable ExactSquares squares) {
      return new Count(column);
    }

    @Override
    void writeSum(ByteWriter out) {}

    @Override
    void readSum(ByteReader in) {}
  }

  private static final class LongSum extends Moments {
    private final ExactLongSum sum;

    LongSum(int column, @Nullable ExactSquares squares, ExactLongSum sum) {
      super(column, squares);
      this.sum = sum;
    }

    @Override
    void include(Column values, int index, @Nullable ExactSquares squares) {
      sum.add(values.longAt(index));
      if (squares != null) {
        squares.add(values.longAt(index));
      }
    }

    @Override
    void exclude(Column values, int index, @Nullable ExactSquares squares) {
      sum.subtract(values.longAt(index));
      if (squares != null) {
        squares.subtract(values.longAt(index));
      }
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
    @Nullable Double spread(ExactSquares squares, boolean sample) {
      return Variance.of(sum, squares, count(), sample);
    }

    @Override
    Moments copySums(int column, @Nullable ExactSquares squares) {
      return new LongSum(column, squares, sum.copy());
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

  private static final class DoubleSum extends Moments {
    private final ExactSum sum;
    private double rounded;
    private boolean isRounded;

    DoubleSum(int column, @Nullable ExactSquares squares, ExactSum sum) {
      super(column, squares);
      this.sum = sum;
    }

    @Override
    void include(Column values, int index, @Nullable ExactSquares squares) {
      sum.add(values.doubleAt(index));
      if (squares != null) {
        squares.add(values.doubleAt(index));
      }
      isRounded = false;
    }

    @Override
    void exclude(Column values, int index, @Nullable ExactSquares squares) {
      sum.subtract(values.doubleAt(index));
      if (squares != null) {
        squares.subtract(values.doubleAt(index));
      }
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
    @Nullable Double spread(ExactSquares squares, boolean sample) {
      return Variance.of(sum, squares, count(), sample);
    }

    @Override
    Moments copySums(int column, @Nullable ExactSquares squares) {
      return new DoubleSum(column, squares, sum.copy());
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

  private static final class DecimalSum extends Moments {
    private final ExactDecimalSum sum;

    /**
     * The results since the last change: most steps change few windows, and to divide takes time.
     */
    private @Nullable BigDecimal total;

    private @Nullable BigDecimal average;

    DecimalSum(int column, @Nullable ExactSquares squares, ExactDecimalSum sum) {
      super(column, squares);
      this.sum = sum;
    }

    @Override
    void include(Column values, int index, @Nullable ExactSquares squares) {
      BigDecimal value = decimal(values, index);
      sum.add(value);
      forgetResults();
      if (squares != null) {
        squares.addUnscaled(value);
      }
    }

    @Override
    void exclude(Column values, int index, @Nullable ExactSquares squares) {
      BigDecimal value = decimal(values, index);
      sum.subtract(value);
      forgetResults();
      if (squares != null) {
        squares.subtractUnscaled(value);
      }
    }

    private void forgetResults() {
      total = null;
      average = null;
    }

    private static BigDecimal decimal(Column values, int index) {
      Object value = values.objectAt(index);
      if (value instanceof BigDecimal decimal) {
        return decimal;
      }
      throw new IllegalStateException("not a decimal: %s".formatted(value));
    }

    @Override
    @Nullable Object total() {
      if (total == null) {
        total = sum.value();
      }
      return total;
    }

    @Override
    @Nullable Object mean() {
      if (average == null) {
        average = sum.average(count());
      }
      return average;
    }

    @Override
    @Nullable Double spread(ExactSquares squares, boolean sample) {
      return Variance.of(sum, squares, count(), sample);
    }

    @Override
    Moments copySums(int column, @Nullable ExactSquares squares) {
      return new DecimalSum(column, squares, sum.copy());
    }

    @Override
    void writeSum(ByteWriter out) {
      sum.encode(out);
    }

    @Override
    void readSum(ByteReader in) {
      sum.readFrom(in);
      forgetResults();
    }
  }
}
