// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.cases;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A case: given these events, features have these values.
 *
 * @param name what it shows, for people
 * @param place where it begins
 * @param events in the order of writing, which is of no consequence
 * @param expectations not empty
 */
public record FeatureCase(
    String name, Place place, List<CaseEvent> events, List<Expectation> expectations) {
  public FeatureCase {
    requireNonNull(name, "name is null");
    requireNonNull(place, "place is null");
    events = List.copyOf(events);
    expectations = List.copyOf(expectations);
  }
}
