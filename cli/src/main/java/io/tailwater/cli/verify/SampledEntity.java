// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.verify;

import io.tailwater.definitions.replay.ReplayEvent;
import java.util.ArrayList;
import java.util.List;

/** One entity with all of its events. Not thread-safe. */
final class SampledEntity {
  private final Object[] key;
  private final List<ReplayEvent> events = new ArrayList<>();

  /**
   * @param key the join keys' values in the entity's order
   */
  SampledEntity(Object[] key) {
    this.key = key;
  }

  Object[] key() {
    return key;
  }

  List<ReplayEvent> events() {
    return events;
  }

  void add(ReplayEvent event) {
    events.add(event);
  }
}
