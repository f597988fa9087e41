// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.bytes.ByteReader;
import io.tailwater.aggregation.bytes.ByteWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.apache.datasketches.memory.Memory;

/**
 * The estimated number of different values, by HyperLogLog (Flajolet, Fusy, Gandouet, Meunier:
 * "HyperLogLog: the analysis of a near-optimal cardinality estimation algorithm", AofA 2007) with
 * 2048 registers. The registers are a function of the set of values; so is the composite estimate,
 * and only that one: the sketch's usual estimate depends on the order of updates.
 */
final class Sketch extends ColumnSummary {
  private static final int LG_REGISTERS = 11;

  /** Stands for the empty string, which the sketch ignores; it never occurs in UTF-8. */
  private static final byte[] EMPTY = {(byte) 0xFF};

  Sketch(int column, ValueType type) {
    super(column, type);
  }

  @Override
  Object of(Object value, long time) {
    HllSketch sketch = new HllSketch(LG_REGISTERS, TgtHllType.HLL_8);
    update(sketch, value);
    return sketch;
  }

  @Override
  Object with(Object summary, Object value, long time, boolean last) {
    HllSketch sketch = ((HllSketch) summary).copy();
    update(sketch, value);
    return sketch;
  }

  private static void update(HllSketch sketch, Object value) {
    if (value instanceof Long number) {
      sketch.update(number.longValue());
    } else if (value instanceof Double number) {
      sketch.update(number.doubleValue());
    } else if (value instanceof Boolean flag) {
      sketch.update(flag ? 1L : 0L);
    } else {
      String text =
          value instanceof BigDecimal decimal
              ? decimal.stripTrailingZeros().toPlainString()
              : (String) value;
      sketch.update(text.isEmpty() ? EMPTY : text.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  Object join(Object earlier, Object later) {
    Union union = new Union(LG_REGISTERS);
    union.update((HllSketch) earlier);
    union.update((HllSketch) later);
    return union.getResult(TgtHllType.HLL_8);
  }

  /** No sketch can tell whether another event has the same value. */
  @Override
  boolean minds(Object summary, Object value, long time) {
    return true;
  }

  @Override
  Object result(Object summary) {
    return Math.round(((HllSketch) summary).getCompositeEstimate());
  }

  @Override
  void write(Object summary, long base, ByteWriter out) {
    HllSketch sketch = (HllSketch) summary;
    ValueCodec.writeBytes(sketch.copyAs(TgtHllType.HLL_4).toCompactByteArray(), out);
  }

  @Override
  Object read(long base, ByteReader in) {
    return HllSketch.heapify(Memory.wrap(ValueCodec.readBytes(in))).copyAs(TgtHllType.HLL_8);
  }
}
