// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.oracle;

import io.tailwater.aggregation.sketch.LogBins;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;

/** The two aggregates that are approximate by definition, of all values at once. */
final class NaiveSketches {
  private static final int LOG_BUCKETS = 11;

  /** No text has this byte in UTF-8. The library ignores an empty array, but "" is a value. */
  private static final byte[] EMPTY_TEXT = {(byte) 0xFF};

  private NaiveSketches() {}

  /** The estimate that depends on the set of values only; {@code getEstimate()} does not. */
  static long countDistinct(List<Object> values) {
    HllSketch sketch = new HllSketch(LOG_BUCKETS, TgtHllType.HLL_8);
    values.forEach(value -> update(sketch, value));
    return Math.round(sketch.getCompositeEstimate());
  }

  private static void update(HllSketch sketch, Object value) {
    if (value instanceof Boolean truth) {
      sketch.update(truth ? 1L : 0L);
    } else if (value instanceof Double || value instanceof Float) {
      sketch.update(((Number) value).doubleValue());
    } else if (value instanceof Long || value instanceof Integer) {
      sketch.update(((Number) value).longValue());
    } else {
      String text =
          value instanceof BigDecimal decimal
              ? decimal.stripTrailingZeros().toPlainString()
              : (String) value;
      sketch.update(text.isEmpty() ? EMPTY_TEXT : text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * @param sorted the values in their order, at least one
   */
  static Double percentile(List<Object> sorted, BigDecimal share) {
    BigDecimal rank = share.multiply(BigDecimal.valueOf(sorted.size() - 1L));
    Number value = (Number) sorted.get(rank.setScale(0, RoundingMode.FLOOR).intValueExact());
    return LogBins.middle(LogBins.bin(value.doubleValue()));
  }
}
