// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.Readings;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import io.tailwater.aggregation.counts.CountedValues;
import io.tailwater.aggregation.counts.PageStore;
import io.tailwater.aggregation.sketch.LogBins;
import java.math.BigDecimal;
import java.util.List;

/** The values of a column in order, or their logarithmic bins. */
final class OrderCell extends Cell {
  private final int column;
  private final ValueType type;
  private final boolean binned;
  private CountedValues values;

  OrderCell(int column, ValueType type, boolean binned) {
    this(column, type, binned, new CountedValues(kept(type, binned)));
  }

  private OrderCell(int column, ValueType type, boolean binned, CountedValues values) {
    this.column = column;
    this.type = type;
    this.binned = binned;
    this.values = values;
  }

  private static ValueType kept(ValueType type, boolean binned) {
    return binned ? ValueType.INT64 : type;
  }

  private Object kept(Object value) {
    if (!binned) {
      return value;
    }
    double number =
        value instanceof BigDecimal decimal
            ? decimal.doubleValue()
            : ((Number) value).doubleValue();
    return (long) LogBins.bin(number);
  }

  @Override
  void add(Chunk chunk, int index, PageStore pages) {
    Object value = chunk.column(column).boxedAt(index);
    if (value != null) {
      values.add(kept(value), pages);
    }
  }

  @Override
  void remove(Chunk chunk, int index, PageStore pages) {
    Object value = chunk.column(column).boxedAt(index);
    if (value != null) {
      values.remove(kept(value), pages);
    }
  }

  @Override
  Readings readings(PageStore pages) {
    return new InOrder(values, pages);
  }

  private record InOrder(CountedValues values, PageStore pages) implements Readings {
    @Override
    public long count() {
      return values.size();
    }

    @Override
    public long distinct() {
      return values.distinct();
    }

    @Override
    public Object at(long rank) {
      return values.at(rank, pages);
    }

    @Override
    public List<Object> mostFrequent(int k) {
      return values.mostFrequent(k, pages);
    }
  }

  @Override
  boolean isEmpty() {
    return values.isEmpty();
  }

  @Override
  Cell copy() {
    return new OrderCell(column, type, binned, values.copy());
  }

  @Override
  void clear(PageStore pages) {
    values.clear(pages);
  }

  @Override
  void write(ByteWriter out) {
    values.write(out);
  }

  @Override
  void read(ByteReader in) {
    values = CountedValues.read(kept(type, binned), in);
  }
}
