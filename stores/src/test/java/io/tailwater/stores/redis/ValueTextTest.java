// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.ValueType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTextTest {
  private static final long SEED = 42;
  private static final int CASES = 2_000;

  static Stream<ValueType> types() {
    List<ValueType> simple =
        List.of(
            ValueType.BOOL,
            ValueType.INT32,
            ValueType.INT64,
            ValueType.FLOAT,
            ValueType.DOUBLE,
            ValueType.decimal(10, 2),
            ValueType.decimal(38, 38),
            ValueType.decimal(20, 0),
            ValueType.STRING,
            ValueType.BYTES,
            ValueType.TIMESTAMP);
    return Stream.concat(
        simple.stream(),
        simple.stream().flatMap(type -> Stream.of(ValueType.arrayOf(type), ValueType.mapOf(type))));
  }

  @ParameterizedTest
  @MethodSource("types")
  void readsBackExactlyWhatItWrote(ValueType type) {
    Random random = new Random(SEED);
    for (int i = 0; i < CASES; i++) {
      Object value = RandomValues.next(type, random);
      String text = ValueText.format(type, value);
      Object back = ValueText.parse(type, text);
      assertThat(back)
          .as("%s '%s', seed %d, case %d", type, text, SEED, i)
          .usingRecursiveComparison()
          .isEqualTo(value);
      assertThat(ValueText.format(type, back)).isEqualTo(text);
    }
  }

  @Test
  void writesDoublesWithTheFewestDigitsButTwoWhereOneWouldDo() {
    Random random = new Random(SEED);
    for (int i = 0; i < CASES; i++) {
      double value = RandomValues.nextDouble(random);
      String text = ValueText.shortest(value);
      assertThat(Double.parseDouble(text)).as("seed %d, case %d", SEED, i).isEqualTo(value);
      assertThat(significantDigits(text))
          .as("digits of %s, seed %d, case %d", text, SEED, i)
          .isLessThanOrEqualTo(Math.max(2, fewestDigits(value)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.002", "2.0E23", "8.41E21", "0.30000000000000004", "4.9E-324", "0.0"})
  void writesDoublesThatJavaMayWriteLonger(String text) {
    assertThat(ValueText.shortest(Double.parseDouble(text))).isEqualTo(text);
  }

  @Test
  void writesPlainText() {
    assertThat(ValueText.format(ValueType.BOOL, true)).isEqualTo("true");
    assertThat(ValueText.format(ValueType.TIMESTAMP, 1_700_000_000_000L))
        .isEqualTo("1700000000000");
    assertThat(ValueText.format(ValueType.decimal(10, 8), new BigDecimal("0.00000001")))
        .isEqualTo("0.00000001");
    assertThat(ValueText.format(ValueType.BYTES, new byte[] {0, -1})).isEqualTo("AP8=");
    assertThat(ValueText.format(ValueType.arrayOf(ValueType.DOUBLE), List.of(1.5, 1e10)))
        .isEqualTo("[1.5,1.0E10]");
  }

  @Test
  void equalMapsHaveEqualTexts() {
    Map<String, Double> map = new LinkedHashMap<>();
    map.put("toys", 2.5);
    map.put("books", 1.0);
    assertThat(ValueText.format(ValueType.mapOf(ValueType.DOUBLE), map))
        .isEqualTo("{\"books\":1.0,\"toys\":2.5}");
  }

  @Test
  void ordersTheKeysOfMapsByCodePoint() {
    Map<String, Long> map = new LinkedHashMap<>();
    map.put("\ud83d\ude00", 4L);
    map.put("\uff5e", 3L);
    map.put("b", 2L);
    map.put("a\ud83d\ude00", 1L);
    map.put("a", 0L);
    assertThat(ValueText.format(ValueType.mapOf(ValueType.INT64), map))
        .isEqualTo("{\"a\":0,\"a\ud83d\ude00\":1,\"b\":2,\"\uff5e\":3,\"\ud83d\ude00\":4}");
  }

  @Test
  void writesEmptyMapsAndMapsOfArrays() {
    ValueType type = ValueType.mapOf(ValueType.arrayOf(ValueType.STRING));

    assertThat(ValueText.format(type, Map.of())).isEqualTo("{}");
    assertThat(ValueText.format(type, Map.of("toys", List.of("ball", "kite"))))
        .isEqualTo("{\"toys\":[\"ball\",\"kite\"]}");
  }

  @Test
  void refusesTextsOfOtherTypes() {
    assertRefused(ValueType.BOOL, "yes");
    assertRefused(ValueType.INT32, "1.0");
    assertRefused(ValueType.decimal(10, 2), "1.5");
    assertRefused(ValueType.arrayOf(ValueType.INT64), "{}");
    assertRefused(ValueType.arrayOf(ValueType.INT64), "[1] 2");
    assertRefused(ValueType.mapOf(ValueType.INT64), "null");
    assertRefused(ValueType.mapOf(ValueType.INT64), "{\"a\":");
  }

  private static void assertRefused(ValueType type, String text) {
    assertThatThrownBy(() -> ValueText.parse(type, text))
        .as("%s '%s'", type, text)
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** By trying: the exact value rounded up and down to ever more digits until one reads back. */
  private static int fewestDigits(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; ; digits++) {
      for (RoundingMode mode : List.of(RoundingMode.DOWN, RoundingMode.UP)) {
        if (exact.round(new MathContext(digits, mode)).doubleValue() == value) {
          return digits;
        }
      }
    }
  }

  private static int significantDigits(String text) {
    return value(text).precision();
  }

  private static BigDecimal value(String text) {
    return new BigDecimal(text).stripTrailingZeros();
  }
}
