// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.definitions.model.FeatureView;
import java.util.Map;

/**
 * From when on the features of a view are fully known, if of some sources the events are known only
 * from an instant on: when what happened before it has left the feature's window.
 */
public final class Completeness {
  /** Of a feature that is fully known at every instant. */
  public static final long ALWAYS = Long.MIN_VALUE;

  /** Of a feature that never is: a lifetime that began before the events. */
  public static final long NEVER = Long.MAX_VALUE;

  private Completeness() {}

  /**
   * The first fully known instant of each stored feature of a view that begins, in milliseconds
   * since the epoch. That of a derived one is the latest of what it reads.
   *
   * @param knownFrom of each source by its name the instant from which on all of its events are
   *     known; where there is none, they always are
   */
  public static Map<String, Long> byFeature(FeatureView view, Map<String, Long> knownFrom) {
    return ViewEvolution.first(view, knownFrom).completeFromByFeature();
  }

  /** The features that are not fully known at some instant of {@code from} or later. */
  public static Map<String, Long> incomplete(
      FeatureView view, Map<String, Long> knownFrom, long from) {
    return ViewEvolution.first(view, knownFrom).incompleteFrom(from);
  }

  /** The first instant at which all features of the view are fully known. */
  public static long ofView(FeatureView view, Map<String, Long> knownFrom) {
    return byFeature(view, knownFrom).values().stream().reduce(ALWAYS, Math::max);
  }
}
