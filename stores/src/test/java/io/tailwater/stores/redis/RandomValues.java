// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import io.tailwater.aggregation.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Values of any type, extremes more often than chance would have them. */
final class RandomValues {
  private RandomValues() {}

  static Object next(ValueType type, Random random) {
    return switch (type.kind()) {
      case BOOL -> random.nextBoolean();
      case INT32 -> (int) nextLong(random);
      case INT64, TIMESTAMP -> nextLong(random);
      case FLOAT -> nextFloat(random);
      case DOUBLE -> nextDouble(random);
      case DECIMAL -> nextDecimal(type, random);
      case STRING -> NastyStrings.nextEncodable(random);
      case BYTES -> nextBytes(random);
      case ARRAY -> nextArray(type.element(), random);
      case MAP -> nextMap(type.element(), random);
    };
  }

  static double nextDouble(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(2_000_000) / 100.0;
      case 1 -> finite(Double.longBitsToDouble(random.nextLong()));
      case 2 -> finite(Double.longBitsToDouble(random.nextLong(0, 1L << random.nextInt(1, 60))));
      default -> random.nextLong() >> random.nextInt(63);
    };
  }

  static float nextFloat(Random random) {
    float value = Float.intBitsToFloat(random.nextInt());
    return Float.isFinite(value) && value != 0 ? value : random.nextInt(100) / 10f;
  }

  static long nextLong(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> Long.MAX_VALUE;
      case 1 -> Long.MIN_VALUE;
      case 2 -> 0;
      default -> random.nextLong() >> random.nextInt(63);
    };
  }

  private static double finite(double value) {
    return Double.isFinite(value) && value != 0 ? value : 0.1;
  }

  private static BigDecimal nextDecimal(ValueType type, Random random) {
    BigInteger unscaled = new BigInteger(random.nextInt(120), random);
    BigInteger limited = unscaled.mod(BigInteger.TEN.pow(type.precision()));
    return new BigDecimal(random.nextBoolean() ? limited : limited.negate(), type.scale());
  }

  private static byte[] nextBytes(Random random) {
    byte[] bytes = new byte[random.nextInt(6)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static List<Object> nextArray(ValueType element, Random random) {
    List<Object> values = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      values.add(random.nextInt(5) == 0 ? null : next(element, random));
    }
    return values;
  }

  private static Map<String, Object> nextMap(ValueType element, Random random) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      values.put(
          NastyStrings.nextEncodable(random),
          random.nextInt(5) == 0 ? null : next(element, random));
    }
    return values;
  }
}
