// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.WindowedAggregate;
import io.tailwater.aggregation.window.Evolution;
import io.tailwater.aggregation.window.PlanChange;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.program.LoggedAggregate;
import io.tailwater.definitions.program.LoggedColumn;
import io.tailwater.definitions.program.LoggedFeature;
import io.tailwater.definitions.program.LoggedInput;
import io.tailwater.definitions.program.LoggedView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of a view's state when its definition changes: the version that it has afterwards.
 *
 * <p>Of the events before the savepoint the log holds those of the longest window and of the
 * allowed lateness, each with the columns that were logged. An event that comes later has all
 * columns. So a new column is known from just after the newest event that the view had seen.
 */
final class ViewEvolution {
  /** More sources than a byte can number. */
  private static final int TOO_MANY = 256;

  private final ViewVersion before;
  private final LoggedView view;
  private final Map<String, String> formerNames = new HashMap<>();
  private final long latenessMillis;
  private final long newest;
  private final long watermark;
  private final Map<String, Long> knownFrom;

  /**
   * @param newest the time of the newest event that the view has seen
   * @param watermark up to where its rows are final
   * @param knownFrom of sources, from when on the events are known that the view has not taken so
   *     far
   */
  ViewEvolution(
      ViewVersion before,
      FeatureView view,
      long newest,
      long watermark,
      Map<String, Long> knownFrom) {
    this.before = before;
    this.view = LoggedView.of(view);
    for (Feature feature : view.storedFeatures()) {
      String was = feature.was();
      if (was != null) {
        formerNames.put(feature.name(), was);
      }
    }
    this.latenessMillis = AllowedLateness.of(view).largest();
    this.newest = newest;
    this.watermark = watermark;
    this.knownFrom = knownFrom;
  }

  /**
   * The version of a view without state.
   *
   * @param knownFrom of its sources from when on their events are known; where there is nothing,
   *     they always are
   */
  static ViewVersion first(FeatureView view, Map<String, Long> knownFrom) {
    LoggedView logged = LoggedView.of(view);
    List<Long> inputsFrom =
        logged.inputs().stream().map(input -> knownFrom(input, knownFrom)).toList();
    List<Long> completeFrom = new ArrayList<>();
    for (LoggedAggregate aggregate : logged.aggregates()) {
      completeFrom.add(
          completeFrom(knownFrom(aggregate.column().input(), knownFrom), aggregate.window()));
    }
    return new ViewVersion(
        0,
        logged,
        logged.inputs().stream().map(LoggedInput::source).toList(),
        logged.inputs().size() > 1,
        AllowedLateness.of(view).largest(),
        inputsFrom,
        logged.columns().stream().map(column -> knownFrom(column.input(), knownFrom)).toList(),
        inputsFrom.get(0),
        completeFrom,
        Long.MIN_VALUE,
        Long.MIN_VALUE,
        List.of(),
        Map.of());
  }

  private static long knownFrom(LoggedInput input, Map<String, Long> knownFrom) {
    return knownFrom.getOrDefault(input.source(), Completeness.ALWAYS);
  }

  private static long completeFrom(long known, Window window) {
    return known == Completeness.ALWAYS ? Completeness.ALWAYS : window.leaves(known - 1);
  }

  /** Why the state cannot be taken over, with what to do instead; empty if it can. */
  List<String> refusals() {
    List<String> refusals = new ArrayList<>();
    if (!view.joinKeys().equals(before.view().joinKeys())) {
      refusals.add(
          "the join keys are %s, and the state is of %s: expected the same; a view of another entity is another view, with another name"
              .formatted(view.joinKeys(), before.view().joinKeys()));
    }
    for (LoggedInput input : view.inputs()) {
      before.view().inputs().stream()
          .filter(was -> was.source().equals(input.source()) && !hasSameIdsAndTimes(was, input))
          .forEach(
              was ->
                  refusals.add(
                      "source '%s' has event_id %s and event_time %s, and the state is of %s and %s: expected the same; start without the savepoint and with --history"
                          .formatted(
                              input.source(),
                              input.eventId(),
                              input.eventTime(),
                              was.eventId(),
                              was.eventTime())));
    }
    for (WindowedAggregate lost : Evolution.lost(change())) {
      refusals.add(
          "features %s, over a lifetime, are in the state, but not all that a new feature over the same values and lifetime needs: expected the new one in a view of its own, or a start without the savepoint and with --history"
              .formatted(view.featuresOf(lost)));
    }
    List<String> shared = before.view().sharedWith(view, formerNames);
    formerNames.forEach(
        (name, was) -> {
          if (before.view().has(was) && !before.view().has(name) && !shared.contains(name)) {
            refusals.add(
                "feature '%s' was '%s', and is another value as well: expected one change at a time, since the rows that are there have the former value"
                    .formatted(name, was));
          }
        });
    if (numbers().size() > TOO_MANY) {
      refusals.add("the view has had more than %d sources".formatted(TOO_MANY));
    }
    return refusals;
  }

  private static boolean hasSameIdsAndTimes(LoggedInput was, LoggedInput is) {
    return was.eventId().equals(is.eventId()) && was.eventTime().equals(is.eventTime());
  }

  /** Whether the state is of this very definition. */
  boolean changesNothing() {
    return view.equals(before.view()) && latenessMillis == before.latenessMillis();
  }

  /** Whether vectors, or what they are called, may be others. */
  boolean changesVectors() {
    return !view.equals(before.view());
  }

  /** Whether what is kept is something else. */
  boolean changesState() {
    return !view.plan().equals(before.view().plan())
        || !view.columns().equals(before.view().columns())
        || !view.inputs().equals(before.view().inputs());
  }

  /** How the log changes. */
  PlanChange change() {
    boolean getsNumbers = view.inputs().size() > 1 && !before.numbered();
    return before.view().changeTo(view, getsNumbers ? (Byte) before.numbersOfInputs()[0] : null);
  }

  private List<String> numbers() {
    List<String> numbers = new ArrayList<>(before.numbers());
    for (LoggedInput input : view.inputs()) {
      if (!numbers.contains(input.source())) {
        numbers.add(input.source());
      }
    }
    return numbers;
  }

  /** The version of the state afterwards. */
  ViewVersion after() {
    PlanChange change = change();
    List<Long> inputsFrom = view.inputs().stream().map(this::inputFrom).toList();
    List<Long> columnsFrom = view.columns().stream().map(this::columnFrom).toList();
    long loggedFrom = loggedFrom();
    List<Long> completeFrom = new ArrayList<>();
    List<LoggedAggregate> aggregatesBefore = before.view().aggregates();
    for (LoggedAggregate aggregate : view.aggregates()) {
      int same = aggregatesBefore.indexOf(aggregate);
      completeFrom.add(
          same >= 0 ? before.completeFrom().get(same) : completeFrom(aggregate, loggedFrom));
    }
    return new ViewVersion(
        changesState() ? before.epoch() + 1 : before.epoch(),
        view,
        numbers(),
        before.numbered() || change.idPrefix() != null,
        latenessMillis,
        inputsFrom,
        columnsFrom,
        columnFrom(LoggedColumn.everyEventOf(view.inputs().get(0))),
        completeFrom,
        loggedFrom,
        Math.max(before.acceptedFrom(), back(before.latenessMillis())),
        publishedAt(),
        freshFrom());
  }

  /** Those that the rows so far do not have have them from the watermark on. */
  private Map<String, Long> freshFrom() {
    List<String> shared = before.view().sharedWith(view, formerNames);
    Map<String, Long> freshFrom = new HashMap<>();
    for (LoggedFeature feature : view.features()) {
      String name = feature.name();
      Long from =
          before
              .freshFrom()
              .get(before.view().has(name) ? name : formerNames.getOrDefault(name, name));
      if (!shared.contains(feature.name())) {
        from = watermark;
      }
      if (from != null) {
        freshFrom.put(feature.name(), from);
      }
    }
    return freshFrom;
  }

  private long completeFrom(LoggedAggregate aggregate, long loggedFrom) {
    LoggedColumn by = aggregate.by();
    long known = Math.max(loggedFrom, columnFrom(aggregate.column()));
    if (by != null) {
      known = Math.max(known, columnFrom(by));
    }
    return completeFrom(known, aggregate.window());
  }

  private long inputFrom(LoggedInput input) {
    int same = before.view().inputs().indexOf(input);
    if (same >= 0) {
      return before.inputsFrom().get(same);
    }
    if (before.numbers().contains(input.source())) {
      // Of what it has not taken so far the view does not know how new it was.
      return Math.max(afterNewest(), knownFrom.getOrDefault(input.source(), Completeness.ALWAYS));
    }
    // Events that are too late for the view are not known to it.
    return Math.max(knownFrom.getOrDefault(input.source(), afterNewest()), back(latenessMillis));
  }

  private long columnFrom(LoggedColumn column) {
    int origin = before.view().originOf(column);
    if (origin == PlanChange.EVERY_EVENT) {
      return before.allFrom();
    }
    if (origin >= 0) {
      return before.columnsFrom().get(origin);
    }
    return before.view().inputs().contains(column.input())
        ? Math.max(inputFrom(column.input()), afterNewest())
        : inputFrom(column.input());
  }

  private long afterNewest() {
    return newest == Long.MIN_VALUE ? newest : newest + 1;
  }

  private long loggedFrom() {
    long accepted = back(before.latenessMillis());
    if (!changesState()) {
      return before.loggedFrom();
    }
    long held =
        before.view().plan().aggregates().stream()
            .map(WindowedAggregate::window)
            .filter(window -> !(window instanceof Window.Lifetime))
            .mapToLong(window -> window.lowerEnd(accepted))
            .reduce(accepted, Math::min);
    return Math.max(before.loggedFrom(), held);
  }

  private List<Long> publishedAt() {
    List<Long> instants = new ArrayList<>();
    long accepted = back(Math.max(before.latenessMillis(), latenessMillis));
    before.publishedAt().stream().filter(instant -> instant >= accepted).forEach(instants::add);
    if (changesVectors() && watermark != Long.MIN_VALUE) {
      instants.add(watermark);
    }
    return instants;
  }

  /** So far before the watermark. */
  private long back(long millis) {
    return watermark < Long.MIN_VALUE + millis ? Long.MIN_VALUE : watermark - millis;
  }
}
