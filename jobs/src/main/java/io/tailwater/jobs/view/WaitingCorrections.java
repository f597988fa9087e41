// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.window.Amendments;
import java.util.HashMap;
import java.util.Map;

/** The late events of all entities that wait for their correction rows. Not thread-safe. */
final class WaitingCorrections {
  private final Map<EntityKey, Amendments> waiting = new HashMap<>();
  private Amendments spare = new Amendments();
  private int before;
  private int events;

  /** Those of an entity, to be changed and then {@linkplain #keep kept}. */
  Amendments of(EntityKey key) {
    Amendments own = waiting.get(key);
    Amendments amendments = own == null ? spare : own;
    before = amendments.size();
    return amendments;
  }

  /** Keeps what {@link #of} has returned last. */
  void keep(EntityKey key, Amendments amendments) {
    events += amendments.size() - before;
    if (amendments == spare) {
      if (!amendments.isEmpty()) {
        waiting.put(key, amendments);
        spare = new Amendments();
      }
    } else if (amendments.isEmpty()) {
      waiting.remove(key);
    }
  }

  /** How many events wait. */
  int events() {
    return events;
  }

  /** Those of each entity that has any. */
  Map<EntityKey, Amendments> byEntity() {
    return waiting;
  }

  void clear() {
    waiting.clear();
    events = 0;
  }
}
