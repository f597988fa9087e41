// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;

/** The least or the greatest value. */
final class Extreme extends ColumnSummary {
  private final boolean greatest;

  Extreme(int column, ValueType type, boolean greatest) {
    super(column, type);
    this.greatest = greatest;
  }

  private boolean beats(Object candidate, Object current) {
    int order = ValueOrder.compare(candidate, current);
    return greatest ? order > 0 : order < 0;
  }

  @Override
  Object of(Object value, long time) {
    return value;
  }

  @Override
  Object with(Object summary, Object value, long time, boolean last) {
    return beats(value, summary) ? value : summary;
  }

  @Override
  Object join(Object earlier, Object later) {
    return beats(later, earlier) ? later : earlier;
  }

  @Override
  boolean minds(Object summary, Object value, long time) {
    return !beats(summary, value);
  }

  @Override
  Object result(Object summary) {
    return summary;
  }

  @Override
  void write(Object summary, long base, ByteWriter out) {
    ValueCodec.write(summary, out);
  }

  @Override
  Object read(long base, ByteReader in) {
    return ValueCodec.read(type(), in);
  }
}
