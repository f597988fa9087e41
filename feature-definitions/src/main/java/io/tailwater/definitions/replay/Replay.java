// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.replay;

import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.definitions.retrieval.ViewRead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Given events, and what every feature is by them at any instant: the value of a training set for a
 * label at that instant, which is the one that the online store has then. Every event counts as one
 * that came in time. Not thread-safe.
 */
public final class Replay {
  private record EntityInView(String view, KeyIdentity key) {}

  private final ProjectReplay project;
  private final List<ReplayEvent> events;
  private final BiPredicate<String, ReplayEvent> refused;
  private final long until;
  private final Map<String, Map<KeyIdentity, List<TakenEvent>>> taken = new HashMap<>();
  private final Map<EntityInView, EntityHistory> histories = new HashMap<>();

  Replay(
      ProjectReplay project,
      List<ReplayEvent> events,
      BiPredicate<String, ReplayEvent> refused,
      long until) {
    this.project = project;
    this.events = List.copyOf(events);
    this.refused = refused;
    this.until = until;
  }

  /**
   * The feature's value; null where it has none, and where nothing is known of the entity yet.
   *
   * @throws IllegalArgumentException if the question is beyond the replay's last instant, lacks a
   *     key, or is about a batch view, which has no events
   */
  public @Nullable Object value(Question question) {
    if (question.instant() > until) {
      throw new IllegalArgumentException(
          "asked for %d, replayed until %d".formatted(question.instant(), until));
    }
    return project.read(
        question, view -> history(view, question).rowAt(question.instant(), question.before()));
  }

  /**
   * The windows of the aggregates that the feature is made of. A question of what was {@code
   * before} an instant is about the windows of the millisecond before it.
   */
  public List<FeatureWindow> windows(Question question) {
    long instant = question.before() ? question.instant() - 1 : question.instant();
    List<FeatureWindow> windows = new ArrayList<>();
    for (ViewRead read : project.feature(question.feature(), question.before()).reads()) {
      ReplayProgram program = project.program(ProjectReplay.overEvents(read.view()));
      EntityHistory history = history(read.view(), question);
      for (AggregateFeature aggregate : ReplayedFeature.aggregates(read)) {
        windows.add(program.window(aggregate, history, instant));
      }
    }
    return windows;
  }

  private EntityHistory history(StoredView view, Question question) {
    KeyIdentity key = KeyIdentity.of(question.key(view.entity()));
    return histories.computeIfAbsent(
        new EntityInView(view.name(), key),
        absent -> {
          List<TakenEvent> own = byKey(ProjectReplay.overEvents(view)).getOrDefault(key, List.of());
          return project.program(ProjectReplay.overEvents(view)).history(own, until);
        });
  }

  private Map<KeyIdentity, List<TakenEvent>> byKey(FeatureView view) {
    return taken.computeIfAbsent(
        view.name(),
        absent -> {
          Map<KeyIdentity, List<TakenEvent>> byKey = new HashMap<>();
          for (ReplayEvent event : events) {
            if (refused.test(view.name(), event)) {
              continue;
            }
            project
                .program(view)
                .take(event)
                .ifPresent(
                    offer ->
                        byKey
                            .computeIfAbsent(offer.key(), key -> new ArrayList<>())
                            .add(offer.event()));
          }
          return byKey;
        });
  }
}
