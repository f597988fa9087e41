// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.exact;

import java.util.Random;

/** Kinds of terms that random tests draw. */
enum DoubleKind {
  MONEY {
    @Override
    double next(Random random) {
      return (random.nextInt(2_000_000) - 200_000) / 100.0;
    }
  },
  INTEGERS {
    @Override
    double next(Random random) {
      return random.nextInt(1000) - 300;
    }
  },
  HUGE_AND_TINY {
    @Override
    double next(Random random) {
      double magnitude = random.nextBoolean() ? 1e300 : 1e-300;
      return (random.nextDouble() - 0.5) * magnitude;
    }
  },
  SUBNORMAL {
    @Override
    double next(Random random) {
      long bits = random.nextLong() & ((1L << (1 + random.nextInt(53))) - 1);
      return signed(random, Double.longBitsToDouble(bits));
    }
  },
  AT_THE_END_OF_THE_RANGE {
    @Override
    double next(Random random) {
      return signed(random, random.nextBoolean() ? Double.MAX_VALUE : Double.MAX_VALUE / 2);
    }
  },
  ANY {
    @Override
    double next(Random random) {
      double value = Double.longBitsToDouble(random.nextLong());
      return Double.isFinite(value) ? value : 0.0;
    }
  },
  FULL_MANTISSAS {
    @Override
    double next(Random random) {
      double allOnes = Math.nextDown(1.0);
      return signed(random, Math.scalb(allOnes, random.nextInt(140) - 70));
    }
  };

  abstract double next(Random random);

  private static double signed(Random random, double value) {
    return random.nextBoolean() ? -value : value;
  }
}
