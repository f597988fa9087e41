// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.types;

import io.tailwater.aggregation.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Values of any type out of a seed, edge cases among them. */
public final class RandomValues {
  private static final String[] STRINGS = {"", "a", "Ü", "€", "\uD83C\uDF0A wave", "nul \0", "\n"};
  private static final double[] DOUBLES = {
    0.0, 1.0, -0.1, Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, 0.1 + 0.2
  };
  private static final long[] LONGS = {
    0, 1, -1, 127, 128, -64, -65, Long.MAX_VALUE, Long.MIN_VALUE
  };

  private final Random random;

  public RandomValues(long seed) {
    this.random = new Random(seed);
  }

  /** One value, or null, of each type. */
  public Object[] row(List<ValueType> types) {
    return types.stream().map(type -> random.nextInt(4) == 0 ? null : value(type)).toArray();
  }

  /** A value that is not null. */
  public Object value(ValueType type) {
    return switch (type.kind()) {
      case BOOL -> random.nextBoolean();
      case INT32 -> (int) number();
      case INT64 -> number();
      case TIMESTAMP -> 1_700_000_000_000L + random.nextInt();
      case FLOAT -> (float) decimal();
      case DOUBLE -> decimal();
      case DECIMAL ->
          new BigDecimal(
              new BigInteger(random.nextInt(1 + type.precision() * 3), random), type.scale());
      case STRING -> string();
      case BYTES -> bytes();
      case ARRAY -> list(type.element());
      case MAP -> map(type.element());
    };
  }

  private long number() {
    return random.nextBoolean() ? LONGS[random.nextInt(LONGS.length)] : random.nextLong();
  }

  private double decimal() {
    return random.nextBoolean()
        ? DOUBLES[random.nextInt(DOUBLES.length)]
        : random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10);
  }

  private String string() {
    return STRINGS[random.nextInt(STRINGS.length)].repeat(random.nextInt(40));
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    return bytes;
  }

  private List<Object> list(ValueType element) {
    List<Object> list = new ArrayList<>();
    for (int size = random.nextInt(20); size > 0; size--) {
      list.add(random.nextInt(5) == 0 ? null : value(element));
    }
    return list;
  }

  private Map<String, Object> map(ValueType element) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int size = random.nextInt(20); size > 0; size--) {
      map.put("key" + random.nextInt(), random.nextInt(5) == 0 ? null : value(element));
    }
    return map;
  }
}
