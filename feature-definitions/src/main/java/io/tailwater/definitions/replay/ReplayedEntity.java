// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.replay;

import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One entity in one view, replayed.
 *
 * @param rows by their instants, in milliseconds since the epoch
 * @param eventTimes the times of the events that count
 */
public record ReplayedEntity(NavigableMap<Long, StoredRow> rows, List<Long> eventTimes) {
  public ReplayedEntity {
    rows = Collections.unmodifiableNavigableMap(new TreeMap<>(rows));
    eventTimes = List.copyOf(eventTimes);
  }

  /** The row that holds at an instant; empty before the first event. */
  public Optional<StoredRow> at(long instant) {
    return Optional.ofNullable(rows.floorEntry(instant)).map(entry -> entry.getValue());
  }
}
