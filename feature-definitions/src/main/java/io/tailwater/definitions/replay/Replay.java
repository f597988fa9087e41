// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.replay;

import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.definitions.retrieval.ViewRead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final long until;
  private final Map<String, Map<KeyIdentity, List<TakenEvent>>> taken = new HashMap<>();
  private final Map<EntityInView, EntityHistory> histories = new HashMap<>();

  Replay(ProjectReplay project, List<ReplayEvent> events, long until) {
    this.project = project;
    this.events = List.copyOf(events);
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
    ReplayedFeature feature = project.feature(question.feature(), question.before());
    List<ViewRead> reads = feature.reads();
    @Nullable Object[] @Nullable [] stored = new @Nullable Object[reads.size()][];
    for (int i = 0; i < stored.length; i++) {
      stored[i] = stored(reads.get(i), question);
    }
    return feature.value(stored, question.request(), question.instant());
  }

  /**
   * The windows of the aggregates that the feature is made of. A question of what was {@code
   * before} an instant is about the windows of the millisecond before it.
   */
  public List<FeatureWindow> windows(Question question) {
    long instant = question.before() ? question.instant() - 1 : question.instant();
    List<FeatureWindow> windows = new ArrayList<>();
    for (ViewRead read : project.feature(question.feature(), question.before()).reads()) {
      ReplayProgram program = project.program(events(read.view()));
      EntityHistory history = history(read.view(), question);
      for (AggregateFeature aggregate : ReplayedFeature.aggregates(read)) {
        windows.add(program.window(aggregate, history, instant));
      }
    }
    return windows;
  }

  private @Nullable Object @Nullable [] stored(ViewRead read, Question question) {
    Optional<EntityHistory.Row> row =
        history(read.view(), question).rowAt(question.instant(), read.before());
    Long ttl = read.view().ttlMillis();
    if (row.isEmpty() || (ttl != null && row.get().instant() < question.instant() - ttl)) {
      return null;
    }
    List<String> names = read.view().storedFeatures().stream().map(Feature::name).toList();
    @Nullable Object[] values = new @Nullable Object[read.stored().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get().values()[names.indexOf(read.stored().get(i))];
    }
    return values;
  }

  private EntityHistory history(StoredView view, Question question) {
    Object[] given = question.keys().get(view.entity().name());
    if (given == null) {
      throw new IllegalArgumentException("no key of entity '%s'".formatted(view.entity().name()));
    }
    KeyIdentity key = KeyIdentity.of(given);
    return histories.computeIfAbsent(
        new EntityInView(view.name(), key),
        absent -> {
          List<TakenEvent> own = byKey(events(view)).getOrDefault(key, List.of());
          return project.program(events(view)).history(own, until);
        });
  }

  private Map<KeyIdentity, List<TakenEvent>> byKey(FeatureView view) {
    return taken.computeIfAbsent(
        view.name(),
        absent -> {
          Map<KeyIdentity, List<TakenEvent>> byKey = new HashMap<>();
          for (ReplayEvent event : events) {
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

  private static FeatureView events(StoredView view) {
    if (view instanceof FeatureView events) {
      return events;
    }
    throw new IllegalArgumentException(
        "view '%s' is a query's, expected one over events".formatted(view.name()));
  }
}
