// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.replay;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.FeatureView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Replays the events of single entities through one view. What it compiles it keeps. Not
 * thread-safe.
 */
public final class ViewReplay {
  private final ReplayProgram program;

  private ViewReplay(ReplayProgram program) {
    this.program = program;
  }

  /** Compiles the view. */
  public static ViewReplay of(FeatureView view) {
    return new ViewReplay(ReplayProgram.compile(requireNonNull(view, "view is null")));
  }

  /**
   * The key of the entity that the event is of: the join keys' values in their order. Empty if the
   * view does not take the event: it is filtered, has no key or is of no input.
   */
  public Optional<Object[]> key(ReplayEvent event) {
    return program.take(event).map(ReplayProgram.Offer::values);
  }

  /**
   * All that the offline table has of an entity if nothing comes late.
   *
   * @param events of the entity, in any order; those that the view does not take count nowhere
   * @param until the last instant, in milliseconds; later events count nowhere
   */
  public ReplayedEntity entity(List<ReplayEvent> events, long until) {
    List<TakenEvent> taken = new ArrayList<>();
    events.forEach(event -> program.take(event).ifPresent(offer -> taken.add(offer.event())));
    if (taken.isEmpty()) {
      return new ReplayedEntity(Collections.emptyNavigableMap(), List.of());
    }
    EntityHistory history = program.history(taken, until);
    return new ReplayedEntity(
        history.rows(), history.events().stream().map(event -> event.logged().time()).toList());
  }
}
