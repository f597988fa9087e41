// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.deadletters;

import static java.util.Objects.requireNonNull;

/**
 * What is replayed, and how.
 *
 * @param filter which letters. Those that would be refused again by all means, as too late or
 *     conflicting, only if their codes are named in it
 * @param maxReplays how often one record may be replayed in all; positive
 * @param dryRun whether nothing is sent
 */
public record ReplayOptions(LetterFilter filter, int maxReplays, boolean dryRun) {
  public ReplayOptions {
    requireNonNull(filter, "filter is null");
    if (maxReplays < 1) {
      throw new IllegalArgumentException(
          "maxReplays: found %d, expected at least 1".formatted(maxReplays));
    }
  }
}
