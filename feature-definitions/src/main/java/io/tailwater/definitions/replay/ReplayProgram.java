// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.replay;

import io.tailwater.aggregation.WindowedAggregate;
import io.tailwater.aggregation.window.EntityEngine;
import io.tailwater.aggregation.window.Event;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.program.InputProgram;
import io.tailwater.definitions.program.ViewProgram;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A view compiled: from decoded events to an entity's history. Not thread-safe. */
final class ReplayProgram {
  /**
   * An event that the view takes, and of whom it is.
   *
   * @param values of the join keys
   */
  record Offer(KeyIdentity key, Object[] values, TakenEvent event) {}

  private final FeatureView view;
  private final ViewProgram program;
  private final EntityEngine engine;

  private ReplayProgram(FeatureView view) {
    this.view = view;
    this.program = ViewProgram.compile(view);
    long lateness =
        view.inputs().stream()
            .mapToLong(input -> input.source().watermark().allowedLatenessMillis())
            .max()
            .orElseThrow();
    this.engine = new EntityEngine(program.plan(), lateness, program);
  }

  static ReplayProgram compile(FeatureView view) {
    return new ReplayProgram(view);
  }

  FeatureView view() {
    return view;
  }

  /** The event as the view takes it; empty if it is filtered, has no key or is of no input. */
  Optional<Offer> take(ReplayEvent event) {
    int index = view.inputOf(event.source());
    if (index < 0) {
      return Optional.empty();
    }
    InputProgram input = program.input(index);
    @Nullable Object[] row = input.extend(event.row(), event.time());
    if (!input.accepts(row)) {
      return Optional.empty();
    }
    @Nullable Object[] key = input.key(row);
    if (Arrays.asList(key).contains(null)) {
      return Optional.empty();
    }
    Event logged = new Event(event.time(), idInView(index, event.id()), input.columns(row));
    return Optional.of(
        new Offer(
            KeyIdentity.of(complete(key)), complete(key), new TakenEvent(event, index, logged)));
  }

  /**
   * The entity's history.
   *
   * @param events of the entity, in any order
   * @param until the last instant that can be asked for; later events count nowhere
   */
  EntityHistory history(List<TakenEvent> events, long until) {
    return EntityHistory.of(engine, events, until);
  }

  /** The events of a history that a feature takes, with their times in its window. */
  FeatureWindow window(AggregateFeature feature, EntityHistory history, long instant) {
    WindowedAggregate aggregate = program.aggregateOf(feature.name());
    int input = view.inputOf(feature.source());
    List<WindowEvent> events =
        history.events().stream()
            .filter(event -> event.input() == input && isTaken(event.logged(), aggregate))
            .map(event -> windowEvent(event, aggregate))
            .toList();
    return new FeatureWindow(
        view.name(),
        feature,
        instant,
        aggregate.window().lowerEnd(instant),
        aggregate.window().upperEnd(instant),
        events);
  }

  private static WindowEvent windowEvent(TakenEvent event, WindowedAggregate aggregate) {
    long time = event.logged().time();
    return new WindowEvent(
        event.event(), aggregate.window().enters(time), aggregate.window().leaves(time));
  }

  /** What a condition or a null keeps out of an aggregate has no value in its column. */
  private static boolean isTaken(Event event, WindowedAggregate aggregate) {
    return has(event, aggregate.column()) && has(event, aggregate.byColumn());
  }

  private static boolean has(Event event, int column) {
    return column == WindowedAggregate.NO_COLUMN || event.values()[column] != null;
  }

  /** Events of two sources are two events, whatever their ids. */
  private byte[] idInView(int input, byte[] id) {
    if (view.inputs().size() == 1) {
      return id;
    }
    byte[] prefixed = new byte[id.length + 1];
    prefixed[0] = (byte) input;
    System.arraycopy(id, 0, prefixed, 1, id.length);
    return prefixed;
  }

  // No value is null: that is what was asked before.
  @SuppressWarnings("NullAway")
  private static Object[] complete(@Nullable Object[] values) {
    return values;
  }
}
