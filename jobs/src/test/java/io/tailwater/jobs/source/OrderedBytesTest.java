// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrderedBytesTest {
  private static final long SEED = 7;
  private static final int CASES = 20_000;

  private final Random random = new Random(SEED);

  @Test
  void ordersIntegersByValue() {
    for (int i = 0; i < CASES; i++) {
      Long a = random.nextLong() >> random.nextInt(64);
      Long b = random.nextLong() >> random.nextInt(64);
      assertOrder(a, b, a.compareTo(b), ValueType.INT64);
    }
  }

  @Test
  void ordersDoublesByValue() {
    List<Double> values =
        List.of(-Double.MAX_VALUE, -1.0, -Double.MIN_VALUE, 0.0, Double.MIN_VALUE, 1.0, 1e300);
    for (Double a : values) {
      for (Double b : values) {
        assertOrder(a, b, a.compareTo(b), ValueType.DOUBLE);
      }
    }
  }

  @Test
  void ordersDecimalsByValueUpToThirtyEightDigits() {
    ValueType type = ValueType.decimal(38, 2);
    for (int i = 0; i < CASES; i++) {
      BigDecimal a = new BigDecimal(new BigInteger(random.nextInt(126), random), 2);
      BigDecimal b = new BigDecimal(new BigInteger(random.nextInt(126), random), 2).negate();
      assertOrder(a, b, a.compareTo(b), type);
    }
  }

  @Test
  void ordersTextsAndKeepsTheirPartsApart() {
    String letters = "a\0b\u00FFä";
    for (int i = 0; i < CASES; i++) {
      List<String> a = List.of(text(letters), text(letters));
      List<String> b = List.of(text(letters), text(letters));
      assertThat(Arrays.equals(bytes(a), bytes(b)))
          .as("seed %d: %s, %s", SEED, a, b)
          .isEqualTo(a.equals(b));
      assertThat(Integer.signum(Arrays.compareUnsigned(bytes(a), bytes(b))))
          .as("seed %d: %s, %s", SEED, a, b)
          .isEqualTo(Integer.signum(compare(a, b)));
    }
  }

  private String text(String letters) {
    StringBuilder text = new StringBuilder();
    random
        .ints(random.nextInt(4), 0, letters.length())
        .forEach(c -> text.append(letters.charAt(c)));
    return text.toString();
  }

  private static int compare(List<String> a, List<String> b) {
    int first = a.get(0).compareTo(b.get(0));
    return first != 0 ? first : a.get(1).compareTo(b.get(1));
  }

  private static byte[] bytes(List<String> parts) {
    OrderedBytes bytes = new OrderedBytes();
    parts.forEach(part -> bytes.append(part, ValueType.STRING));
    return bytes.toByteArray();
  }

  private static void assertOrder(Object a, Object b, int expected, ValueType type) {
    int actual = Arrays.compareUnsigned(bytes(a, type), bytes(b, type));
    assertThat(Integer.signum(actual)).as("%s, %s", a, b).isEqualTo(Integer.signum(expected));
  }

  private static byte[] bytes(Object value, ValueType type) {
    OrderedBytes bytes = new OrderedBytes();
    bytes.append(value, type);
    return bytes.toByteArray();
  }
}
