// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import java.io.Serializable;

/**
 * How event time makes progress in a source. All in milliseconds, none negative.
 *
 * @param outOfOrdernessMillis how far the watermark stays behind the newest event of a partition
 * @param idleAfterMillis how long a partition may be silent before the others go on without it
 * @param allowedLatenessMillis how far behind the watermark an event is still applied
 * @param maxAheadMillis how far beyond the clock an event may claim to be
 */
public record WatermarkPolicy(
    long outOfOrdernessMillis,
    long idleAfterMillis,
    long allowedLatenessMillis,
    long maxAheadMillis)
    implements Serializable {
  /** What a source without a {@code watermark} block gets: 5 s, 30 s, 1 d, 1 min. */
  public static final WatermarkPolicy DEFAULT =
      new WatermarkPolicy(5_000, 30_000, 86_400_000, 60_000);

  public WatermarkPolicy {
    if (outOfOrdernessMillis < 0
        || idleAfterMillis <= 0
        || allowedLatenessMillis < 0
        || maxAheadMillis < 0) {
      throw new IllegalArgumentException("negative duration in a watermark policy");
    }
  }
}
