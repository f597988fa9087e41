// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws ranks from 0 to n − 1 where rank r has a weight of 1 / (r + 1)^s: few are hot. */
final class Zipf {
  private final double[] cumulative;

  Zipf(int n, double s) {
    cumulative = new double[n];
    double sum = 0;
    for (int rank = 0; rank < n; rank++) {
      sum += 1 / Math.pow(rank + 1, s);
      cumulative[rank] = sum;
    }
  }

  int next(SplittableRandom random) {
    double point = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, point);
    return Math.min(found < 0 ? -found - 1 : found, cumulative.length - 1);
  }
}
