// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import io.tailwater.stores.OnlineVector;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The online vector of one entity against its recomputed steps.
 *
 * <p>It must be as of the newest event or later, as of the newest change that the watermark has
 * reached or later, at an instant where something enters or leaves, and right from there until the
 * instant it names as {@code valid_until}: the next at which something does, though the values may
 * be the same then.
 */
public final class OnlineComparison {
  private final Differences differences;
  private final String view;
  private final Horizon horizon;

  public OnlineComparison(Differences differences, String view, Horizon horizon) {
    this.differences = differences;
    this.view = view;
    this.horizon = horizon;
  }

  /** Compares one entity; {@code steps} is empty for one that should not be there. */
  public void compare(String key, List<Step> steps, @Nullable OnlineVector vector) {
    String place = "online %s[%s]".formatted(view, key);
    if (steps.isEmpty()) {
      differences.report(place, "a vector too many");
      return;
    }
    if (vector == null) {
      differences.report(place, "no vector");
      return;
    }
    long asOf = vector.eventTimestamp();
    long earliest = earliestAsOf(steps);
    int current = indexAt(steps, asOf);
    if (asOf < earliest || asOf > Math.max(earliest, horizon.latest()) || current < 0) {
      differences.report(place, "as of %s, due %s".formatted(text(asOf), text(earliest)));
      return;
    }
    differences.compare(place, steps.get(current).values(), vector.values());
    long validUntil =
        current + 1 < steps.size() ? steps.get(current + 1).instant() : OnlineVector.FOREVER;
    if (validUntil != vector.validUntil()) {
      differences.report(
          place, "valid until %s, due %s".formatted(text(vector.validUntil()), text(validUntil)));
    }
  }

  private long earliestAsOf(List<Step> steps) {
    return steps.stream()
        .filter(step -> step.event() || (step.changed() && step.instant() <= horizon.watermark()))
        .mapToLong(Step::instant)
        .max()
        .orElseThrow();
  }

  /** The index of the step at that very instant; negative if there is none. */
  private static int indexAt(List<Step> steps, long instant) {
    return Collections.binarySearch(steps.stream().map(Step::instant).toList(), instant);
  }

  private static String text(long instant) {
    return instant == OnlineVector.FOREVER ? "ever" : Instant.ofEpochMilli(instant).toString();
  }
}
