// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.replay;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    return new Replay(this, events, until);
  }

  ReplayProgram program(FeatureView view) {
    return views.computeIfAbsent(view.name(), name -> ReplayProgram.compile(view));
  }

  ReplayedFeature feature(FeatureReference feature, boolean before) {
    return features.computeIfAbsent(
        new Read(feature, before), read -> ReplayedFeature.of(project, feature, before));
  }
}
