// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.replay;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.definitions.retrieval.ViewRead;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Replays events through a project's views. What it compiles it keeps, so one of it should serve
 * many replays: the first use of a view or of an expression takes far longer than the others. Not
 * thread-safe.
 */
public final class ProjectReplay {
  private record Read(FeatureReference feature, boolean before) {}

  private final Project project;
  private final Map<String, ReplayProgram> views = new HashMap<>();
  private final Map<Read, ReplayedFeature> features = new HashMap<>();

  public ProjectReplay(Project project) {
    this.project = requireNonNull(project, "project is null");
  }

  /**
   * A replay of events.
   *
   * @param events of any sources and entities, in any order
   * @param until the last instant that can be asked for, in milliseconds; later events count
   *     nowhere
   */
  public Replay replay(List<ReplayEvent> events, long until) {
    return replay(events, (view, event) -> false, until);
  }

  /**
   * A replay without what views have refused.
   *
   * @param events as above
   * @param refused whether the view of that name has refused the event
   * @param until as above
   */
  public Replay replay(
      List<ReplayEvent> events, BiPredicate<String, ReplayEvent> refused, long until) {
    return new Replay(this, events, refused, until);
  }

  /** The views whose rows are needed for a feature. */
  public List<StoredView> views(FeatureReference feature) {
    return feature(feature, false).reads().stream().map(ViewRead::view).toList();
  }

  /**
   * Whether a view takes the event as one of the entity that is asked for.
   *
   * @throws IllegalArgumentException if the feature is of a batch view, which has no events
   */
  public boolean concerns(Question question, ReplayEvent event) {
    return views(question.feature()).stream()
        .anyMatch(
            view ->
                program(overEvents(view))
                    .take(event)
                    .filter(
                        offer -> offer.key().equals(KeyIdentity.of(question.key(view.entity()))))
                    .isPresent());
  }

  /**
   * The feature's value by rows of views: how both stores are read.
   *
   * @param rows the row of each view that holds then; empty where there is none
   */
  public @Nullable Object read(Question question, Function<StoredView, Optional<StoredRow>> rows) {
    ReplayedFeature feature = feature(question.feature(), question.before());
    List<ViewRead> reads = feature.reads();
    @Nullable Object[] @Nullable [] stored = new @Nullable Object[reads.size()][];
    for (int i = 0; i < stored.length; i++) {
      StoredRow row = rows.apply(reads.get(i).view()).orElse(null);
      stored[i] = row == null ? null : values(reads.get(i), row, question.instant());
    }
    return feature.value(stored, question.request(), question.instant());
  }

  ReplayProgram program(FeatureView view) {
    return views.computeIfAbsent(view.name(), name -> ReplayProgram.compile(view));
  }

  ReplayedFeature feature(FeatureReference feature, boolean before) {
    return features.computeIfAbsent(
        new Read(feature, before), read -> ReplayedFeature.of(project, feature, before));
  }

  static FeatureView overEvents(StoredView view) {
    if (view instanceof FeatureView events) {
      return events;
    }
    throw new IllegalArgumentException(
        "view '%s' is a query's, expected one over events".formatted(view.name()));
  }

  /** What is needed of a row; null if it is older than the view allows. */
  private static @Nullable Object @Nullable [] values(ViewRead read, StoredRow row, long instant) {
    Long ttl = read.view().ttlMillis();
    if (ttl != null && row.instant() < instant - ttl) {
      return null;
    }
    List<String> names = read.view().storedFeatures().stream().map(Feature::name).toList();
    @Nullable Object[] values = new @Nullable Object[read.stored().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.values()[names.indexOf(read.stored().get(i))];
    }
    return values;
  }
}
