// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.report;

import java.util.Arrays;

/**
 * How long events took from their arrival in Kafka to their visibility in Redis.
 *
 * @param samples how many were measured; without any, the rest is 0
 */
public record Freshness(int samples, double p50Millis, double p99Millis, double p999Millis) {

  /** The percentiles of measured times, by the nearest rank. */
  public static Freshness of(long[] millis) {
    long[] sorted = millis.clone();
    Arrays.sort(sorted);
    return new Freshness(sorted.length, rank(sorted, 0.5), rank(sorted, 0.99), rank(sorted, 0.999));
  }

  private static double rank(long[] sorted, double fraction) {
    if (sorted.length == 0) {
      return 0;
    }
    return sorted[Math.max(0, (int) Math.ceil(fraction * sorted.length) - 1)];
  }
}
