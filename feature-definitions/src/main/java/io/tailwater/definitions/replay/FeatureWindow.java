// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.replay;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.AggregateFeature;
import java.util.List;

/**
 * The window of an aggregate at an instant, with all events of the entity that the aggregate takes:
 * those that are in it, were in it or will be.
 *
 * @param view the view's name
 * @param feature the aggregate
 * @param instant of which the window is, in milliseconds since the epoch
 * @param lowerEnd the time of the oldest event that it can hold; {@link Long#MIN_VALUE} for any
 * @param upperEnd the time of the newest event that it can hold
 * @param events in the order of their times
 */
public record FeatureWindow(
    String view,
    AggregateFeature feature,
    long instant,
    long lowerEnd,
    long upperEnd,
    List<WindowEvent> events) {
  public FeatureWindow {
    requireNonNull(view, "view is null");
    requireNonNull(feature, "feature is null");
    events = List.copyOf(events);
  }

  /** The events that are in the window. */
  public List<WindowEvent> inside() {
    return events.stream().filter(event -> event.isIn(instant)).toList();
  }

  /** The events that the aggregate takes, but not at this instant. */
  public List<WindowEvent> outside() {
    return events.stream().filter(event -> !event.isIn(instant)).toList();
  }
}
