// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.counts;

import io.tailwater.aggregation.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.Random;

/** Kinds of values that random tests draw, with an order that the code under test does not know. */
enum ValueKind {
  INTEGERS(ValueType.INT64) {
    @Override
    Object next(Random random, int different) {
      return (long) random.nextInt(different) - different / 2;
    }
  },
  EXTREME_INTEGERS(ValueType.INT64) {
    @Override
    Object next(Random random, int different) {
      long near = random.nextInt(1 + different / 3);
      return switch (random.nextInt(3)) {
        case 0 -> Long.MIN_VALUE + near;
        case 1 -> Long.MAX_VALUE - near;
        default -> near * 0x9E3779B97F4A7C15L;
      };
    }
  },
  TIMES(ValueType.TIMESTAMP) {
    @Override
    Object next(Random random, int different) {
      return 1_700_000_000_000L + 60_000L * random.nextInt(different);
    }
  },
  MONEY(ValueType.DOUBLE) {
    @Override
    Object next(Random random, int different) {
      return (random.nextInt(different) - different / 3) / 100.0;
    }
  },
  HOSTILE_DOUBLES(ValueType.DOUBLE) {
    @Override
    Object next(Random random, int different) {
      double[] special = {
        0.0, Double.MIN_VALUE, -Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, 1e300, 1e-300
      };
      int drawn = random.nextInt(different);
      return drawn < special.length ? special[drawn] : Math.sin(drawn) * Math.pow(10, drawn % 300);
    }
  },
  SHORT_DECIMALS(ValueType.decimal(10, 2)) {
    @Override
    Object next(Random random, int different) {
      return BigDecimal.valueOf(random.nextInt(different) - different / 2, 2);
    }
  },
  LONG_DECIMALS(ValueType.decimal(38, 6)) {
    @Override
    Object next(Random random, int different) {
      BigInteger unscaled = BigInteger.valueOf(random.nextInt(different) - different / 2);
      boolean wide = unscaled.testBit(0);
      return new BigDecimal(wide ? unscaled.multiply(BigInteger.TEN.pow(32)) : unscaled, 6);
    }
  },
  STRINGS(ValueType.STRING) {
    @Override
    Object next(Random random, int different) {
      String[] prefixes = {"", "a", "product-0000", "\uFFFD", "\uD83D\uDE00", "\u00E9"};
      int drawn = random.nextInt(different);
      return prefixes[drawn % prefixes.length] + (drawn < 6 ? "" : Integer.toString(drawn, 36));
    }
  },
  LONG_STRINGS(ValueType.STRING) {
    @Override
    Object next(Random random, int different) {
      int drawn = random.nextInt(different);
      return Integer.toHexString(drawn * 0x9E3779B9).repeat(1 + drawn % 200);
    }
  },
  BOOLEANS(ValueType.BOOL) {
    @Override
    Object next(Random random, int different) {
      return random.nextBoolean();
    }
  };

  private final ValueType type;

  ValueKind(ValueType type) {
    this.type = type;
  }

  ValueType type() {
    return type;
  }

  /** One of up to {@code different} values. */
  abstract Object next(Random random, int different);

  @SuppressWarnings("unchecked")
  Comparator<Object> order() {
    return type.kind() == ValueType.Kind.STRING
        ? (left, right) -> compareCodePoints((String) left, (String) right)
        : (left, right) -> ((Comparable<Object>) left).compareTo(right);
  }

  private static int compareCodePoints(String left, String right) {
    int at = 0;
    while (at < left.length() && at < right.length()) {
      int order = Integer.compare(left.codePointAt(at), right.codePointAt(at));
      if (order != 0) {
        return order;
      }
      at += Character.charCount(left.codePointAt(at));
    }
    return Integer.compare(left.length(), right.length());
  }
}
