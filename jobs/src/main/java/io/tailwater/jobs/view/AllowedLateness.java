// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.definitions.model.FeatureView;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How late events of each of a view's inputs may be: each source has its own allowance, and the
 * engine knows the largest of them.
 */
final class AllowedLateness implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] millis;

  private AllowedLateness(long[] millis) {
    this.millis = millis;
  }

  static AllowedLateness of(FeatureView view) {
    return new AllowedLateness(
        view.inputs().stream()
            .mapToLong(input -> input.source().watermark().allowedLatenessMillis())
            .toArray());
  }

  /** In milliseconds. */
  long largest() {
    return Arrays.stream(millis).max().orElseThrow();
  }

  /** Whether an event is too late where time has passed up to {@code passed}. */
  boolean isExceeded(ViewEvent event, long passed) {
    long allowed = millis[event.input()];
    return passed >= Long.MIN_VALUE + allowed && event.time() < passed - allowed;
  }
}
