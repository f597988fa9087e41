// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.settings;

import org.jspecify.annotations.Nullable;

/**
 * Where and how often the job's state is saved.
 *
 * @param directory a URI or path; null to have one chosen
 * @param intervalMillis positive; offline rows become visible with each checkpoint
 */
public record CheckpointSettings(@Nullable String directory, long intervalMillis) {
  /** Every 10 seconds, in a directory chosen elsewhere. */
  public static final CheckpointSettings DEFAULT = new CheckpointSettings(null, 10_000);

  public CheckpointSettings {
    if (intervalMillis <= 0) {
      throw new IllegalArgumentException(
          "a checkpoint every %d ms is not positive".formatted(intervalMillis));
    }
  }

  /** The same interval in another directory. */
  public CheckpointSettings withDirectory(@Nullable String newDirectory) {
    return new CheckpointSettings(newDirectory, intervalMillis);
  }

  /** The same directory at another interval. */
  public CheckpointSettings withIntervalMillis(long newIntervalMillis) {
    return new CheckpointSettings(directory, newIntervalMillis);
  }
}
