// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import java.util.LinkedHashMap;
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
   * The first fully known instant of each stored feature, in milliseconds since the epoch. That of
   * a derived one is the view's.
   *
   * @param knownFrom of each source by its name the instant from which on all of its events are
   *     known; where there is none, they always are
   */
  public static Map<String, Long> byFeature(FeatureView view, Map<String, Long> knownFrom) {
    long ofView = ofView(view, knownFrom);
    Map<String, Long> byFeature = new LinkedHashMap<>();
    for (Feature feature : view.storedFeatures()) {
      byFeature.put(
          feature.name(),
          feature instanceof AggregateFeature aggregate ? of(aggregate, knownFrom) : ofView);
    }
    return byFeature;
  }

  /** The features that are not fully known at some instant of {@code from} or later. */
  public static Map<String, Long> incomplete(
      FeatureView view, Map<String, Long> knownFrom, long from) {
    Map<String, Long> incomplete = new LinkedHashMap<>(byFeature(view, knownFrom));
    incomplete.values().removeIf(instant -> instant <= from);
    return incomplete;
  }

  /** The first instant at which all features of the view are fully known. */
  public static long ofView(FeatureView view, Map<String, Long> knownFrom) {
    long latest = ALWAYS;
    for (Feature feature : view.features()) {
      if (feature instanceof AggregateFeature aggregate) {
        latest = Math.max(latest, of(aggregate, knownFrom));
      }
    }
    return latest;
  }

  private static long of(AggregateFeature feature, Map<String, Long> knownFrom) {
    long from = knownFrom.getOrDefault(feature.source(), ALWAYS);
    return from == ALWAYS ? ALWAYS : feature.window().leaves(from - 1);
  }
}
