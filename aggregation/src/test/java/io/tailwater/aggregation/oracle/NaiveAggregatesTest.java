// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.oracle;

import static io.tailwater.aggregation.AggregateFunction.ALL;
import static io.tailwater.aggregation.AggregateFunction.ANY;
import static io.tailwater.aggregation.AggregateFunction.APPROX_COUNT_DISTINCT;
import static io.tailwater.aggregation.AggregateFunction.APPROX_PERCENTILE;
import static io.tailwater.aggregation.AggregateFunction.COUNT;
import static io.tailwater.aggregation.AggregateFunction.COUNT_DISTINCT;
import static io.tailwater.aggregation.AggregateFunction.FIRST;
import static io.tailwater.aggregation.AggregateFunction.FIRST_N;
import static io.tailwater.aggregation.AggregateFunction.LAST;
import static io.tailwater.aggregation.AggregateFunction.LAST_DISTINCT_N;
import static io.tailwater.aggregation.AggregateFunction.LAST_N;
import static io.tailwater.aggregation.AggregateFunction.MAX;
import static io.tailwater.aggregation.AggregateFunction.MEDIAN;
import static io.tailwater.aggregation.AggregateFunction.MIN;
import static io.tailwater.aggregation.AggregateFunction.MODE;
import static io.tailwater.aggregation.AggregateFunction.PERCENTILE;
import static io.tailwater.aggregation.AggregateFunction.STDDEV_POP;
import static io.tailwater.aggregation.AggregateFunction.STDDEV_SAMP;
import static io.tailwater.aggregation.AggregateFunction.SUM;
import static io.tailwater.aggregation.AggregateFunction.TOP_K;
import static io.tailwater.aggregation.AggregateFunction.VAR_POP;
import static io.tailwater.aggregation.AggregateFunction.VAR_SAMP;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.ValueType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Worked examples of each aggregate. */
class NaiveAggregatesTest {
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "COUNT_ALL")
  void ofNothingCountsAre0AndAllElseIsNull(AggregateFunction function) {
    BigDecimal one = function.parameter().accepts(null) ? null : BigDecimal.ONE;
    Object result = NaiveAggregates.of(function, one, ValueType.INT64, List.of());
    if (function == COUNT || function == COUNT_DISTINCT || function == APPROX_COUNT_DISTINCT) {
      assertThat(result).isEqualTo(0L);
    } else {
      assertThat(result).isNull();
    }
  }

  @Test
  void countsDifferentValues() {
    assertThat(longs(COUNT_DISTINCT, null, 3, 1, 3)).isEqualTo(2L);
    assertThat(longs(APPROX_COUNT_DISTINCT, null, 3, 1, 3)).isEqualTo(2L);
    assertThat(texts(APPROX_COUNT_DISTINCT, null, "", "a", "")).isEqualTo(2L);
    assertThat(of(APPROX_COUNT_DISTINCT, null, ValueType.BOOL, true, false)).isEqualTo(2L);
    assertThat(decimals(APPROX_COUNT_DISTINCT, null, "1.50", "2.00", "1.50")).isEqualTo(2L);
  }

  @Test
  void approximateCountIsNear() {
    Object[] many = LongStream.range(0, 20_000).boxed().toArray();
    assertThat((Long) of(APPROX_COUNT_DISTINCT, null, ValueType.INT64, many))
        .isBetween(19_000L, 21_000L);
  }

  @Test
  void keepsTheTypeOfTheColumn() {
    assertThat(of(MIN, null, ValueType.INT32, 3, 2)).isEqualTo(2);
    assertThat(of(SUM, null, ValueType.INT32, 3, 2)).isEqualTo(5L);
    assertThat(of(MAX, null, ValueType.FLOAT, 3f, 2f)).isEqualTo(3f);
    assertThat(of(SUM, null, ValueType.FLOAT, 0.5f, 2f)).isEqualTo(2.5);
    assertThat(of(MEDIAN, null, ValueType.FLOAT, 0.5f, 1f)).isEqualTo(0.75);
    assertThat(of(FIRST_N, "2", ValueType.INT32, 3, 2)).isEqualTo(List.of(3, 2));
  }

  @Test
  void variancesAreRoundedOnce() {
    assertThat(longs(VAR_POP, null, 1, 2, 3, 4)).isEqualTo(1.25);
    assertThat(longs(VAR_SAMP, null, 1, 2, 3, 4)).isEqualTo(5.0 / 3);
    assertThat(longs(STDDEV_POP, null, 1, 2, 3, 4)).isEqualTo(Math.sqrt(1.25));
    assertThat(longs(STDDEV_SAMP, null, 1, 2, 3, 4)).isEqualTo(Math.sqrt(5.0 / 3));
    assertThat(longs(VAR_POP, null, 7)).isEqualTo(0.0);
    assertThat(longs(VAR_SAMP, null, 7)).isNull();
    assertThat(longs(STDDEV_SAMP, null, 7)).isNull();
    assertThat(doubles(VAR_POP, null, 1e100, 1e100, 1e100)).isEqualTo(0.0);
    assertThat(doubles(VAR_SAMP, null, 1e200, -1e200)).as("2e400").isNull();
    assertThat(doubles(STDDEV_SAMP, null, 1e200, -1e200)).isNull();
    assertThat(doubles(VAR_POP, null, 1e154, -1e154))
        .isEqualTo(new BigDecimal(1e154).pow(2).doubleValue());
    assertThat(doubles(VAR_POP, null, Double.MIN_VALUE, 0.0)).isEqualTo(0.0);
    assertThat(decimals(VAR_POP, null, "0.10", "0.30")).isEqualTo(0.01);
    assertThat(longs(VAR_POP, null, Long.MAX_VALUE, Long.MIN_VALUE)).isEqualTo(0x1p126);
  }

  @Test
  void listsByTheOrderOfEvents() {
    assertThat(longs(FIRST, null, 5, 9, 5)).isEqualTo(5L);
    assertThat(longs(LAST, null, 5, 9, 7)).isEqualTo(7L);
    assertThat(longs(FIRST_N, "2", 5, 9, 7)).isEqualTo(List.of(5L, 9L));
    assertThat(longs(LAST_N, "2", 5, 9, 7)).isEqualTo(List.of(7L, 9L));
    assertThat(longs(LAST_N, "1000", 5, 9, 7)).isEqualTo(List.of(7L, 9L, 5L));
    assertThat(longs(LAST_DISTINCT_N, "2", 5, 9, 7, 9, 7)).isEqualTo(List.of(7L, 9L));
    assertThat(longs(LAST_DISTINCT_N, "9", 5, 9, 7, 9, 5)).isEqualTo(List.of(5L, 9L, 7L));
  }

  @Test
  void ofEquallyFrequentValuesTheLeastIsFirst() {
    assertThat(longs(MODE, null, 9, 5, 7, 5, 9)).isEqualTo(5L);
    assertThat(longs(TOP_K, "2", 9, 5, 7, 5, 9)).isEqualTo(List.of(5L, 9L));
    assertThat(longs(TOP_K, "9", 1, 9, 5, 9)).isEqualTo(List.of(9L, 1L, 5L));
    assertThat(texts(MODE, null, "\uD83D\uDE00", "\uFFFD")).isEqualTo("\uFFFD");
    assertThat(of(MODE, null, ValueType.BOOL, true, false)).isEqualTo(false);
  }

  @Test
  void percentilesInterpolateExactly() {
    assertThat(longs(MEDIAN, null, 4, 1, 2)).isEqualTo(2.0);
    assertThat(longs(MEDIAN, null, 4, 1, 2, 3)).isEqualTo(2.5);
    assertThat(longs(PERCENTILE, "0.25", 10, 20)).isEqualTo(12.5);
    assertThat(longs(PERCENTILE, "0.333", 0, 10, 20)).isEqualTo(6.66);
    assertThat(longs(PERCENTILE, "0", 10, 20)).isEqualTo(10.0);
    assertThat(longs(PERCENTILE, "1.0", 10, 20)).isEqualTo(20.0);
    assertThat(longs(MEDIAN, null, Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(-0.5);
    assertThat(doubles(MEDIAN, null, Double.MAX_VALUE, Double.MAX_VALUE))
        .isEqualTo(Double.MAX_VALUE);
    assertThat(doubles(MEDIAN, null, -Double.MIN_VALUE, 0.0)).isEqualTo(0.0);
    assertThat(doubles(MEDIAN, null, 0.1, 0.3))
        .isEqualTo(
            new BigDecimal(0.1)
                .add(new BigDecimal(0.3))
                .divide(BigDecimal.valueOf(2))
                .doubleValue());
  }

  @Test
  void percentilesOfDecimalsAreHalfUpOfSixDigits() {
    assertThat(decimals(MEDIAN, null, "0.01", "0.02")).isEqualTo(new BigDecimal("0.015000"));
    assertThat(decimals(PERCENTILE, "0.00005", "0.01", "0.02"))
        .isEqualTo(new BigDecimal("0.010001"));
    assertThat(decimals(PERCENTILE, "0.00005", "-0.01", "-0.02"))
        .isEqualTo(new BigDecimal("-0.020000"));
    assertThat(of(MEDIAN, null, ValueType.decimal(38, 2), new BigDecimal("9".repeat(36) + ".00")))
        .as("36 + 6 digits")
        .isNull();
  }

  @Test
  void approximatePercentileIsTheMiddleOfABin() {
    assertThat(longs(APPROX_PERCENTILE, "0.5", 1, 100, 100_000)).isEqualTo(100.5);
    assertThat(longs(APPROX_PERCENTILE, "0.99", 0, 0)).isEqualTo(0.0);
    assertThat(longs(APPROX_PERCENTILE, "0.999", 1, -100)).isEqualTo(-100.5);
  }

  @Test
  void anyAndAllAreOfTruths() {
    assertThat(of(ANY, null, ValueType.BOOL, false, true)).isEqualTo(true);
    assertThat(of(ANY, null, ValueType.BOOL, false, false)).isEqualTo(false);
    assertThat(of(ALL, null, ValueType.BOOL, false, true)).isEqualTo(false);
    assertThat(of(ALL, null, ValueType.BOOL, true, true)).isEqualTo(true);
  }

  private static Object longs(AggregateFunction function, String parameter, long... values) {
    return of(function, parameter, ValueType.INT64, LongStream.of(values).boxed().toArray());
  }

  private static Object doubles(AggregateFunction function, String parameter, Object... values) {
    return of(function, parameter, ValueType.DOUBLE, values);
  }

  private static Object texts(AggregateFunction function, String parameter, Object... values) {
    return of(function, parameter, ValueType.STRING, values);
  }

  private static Object decimals(AggregateFunction function, String parameter, String... values) {
    List<Object> decimals = new ArrayList<>();
    for (String value : values) {
      decimals.add(new BigDecimal(value));
    }
    return of(function, parameter, ValueType.decimal(12, 2), decimals.toArray());
  }

  private static Object of(
      AggregateFunction function, String parameter, ValueType type, Object... values) {
    BigDecimal number = parameter == null ? null : new BigDecimal(parameter);
    return NaiveAggregates.of(function, number, type, List.of(values));
  }
}
