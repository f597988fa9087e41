// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.plan;

import io.tailwater.definitions.evolution.Contents;
import io.tailwater.definitions.evolution.FeatureChange;
import io.tailwater.definitions.evolution.Obstacle;
import io.tailwater.definitions.evolution.ProjectChange;
import io.tailwater.definitions.evolution.ViewChange;
import io.tailwater.definitions.model.Project;
import io.tailwater.stores.redis.AppliedDefinitions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What it means to apply definitions over those that are applied.
 *
 * @param applied what they are compared with
 * @param change what becomes of views and features
 * @param obstacles what may not happen in silence
 * @param retired the stored features that are gone then, with the digests of what they computed
 */
public record RegistryPlan(
    AppliedDefinitions applied,
    ProjectChange change,
    List<Obstacle> obstacles,
    SortedMap<String, String> retired) {
  public RegistryPlan {
    obstacles = List.copyOf(obstacles);
  }

  /** Compares. */
  public static RegistryPlan of(AppliedDefinitions applied, Project own) {
    ProjectChange change = ProjectChange.between(applied.project(), own);
    SortedMap<String, String> features = Contents.of(own).storedFeatures();
    SortedMap<String, String> retired = new TreeMap<>(applied.published().retired());
    List<String> reused = new ArrayList<>();
    features.forEach(
        (name, digest) -> {
          String before = retired.get(name);
          if (before != null && !before.equals(digest)) {
            reused.add(name);
          }
        });
    retired.putAll(dropped(applied.project(), change));
    retired.keySet().removeAll(features.keySet());
    return new RegistryPlan(applied, change, Obstacle.of(change, reused), retired);
  }

  /** Stored features that go now. One that is renamed takes its column along. */
  private static Map<String, String> dropped(Project before, ProjectChange change) {
    SortedMap<String, String> features = Contents.of(before).storedFeatures();
    Map<String, String> dropped = new LinkedHashMap<>();
    for (ViewChange view : change.views()) {
      for (FeatureChange feature : view.features()) {
        String digest = features.get(view.name() + ":" + feature.name());
        if (feature.kind() == FeatureChange.Kind.DROPPED && digest != null) {
          dropped.put(view.name() + ":" + feature.name(), digest);
        }
      }
    }
    return dropped;
  }

  /** What {@code tailwater apply} has to be told so that it applies the change. */
  public List<String> toBeAccepted() {
    return obstacles.stream()
        .filter(Obstacle::isAcceptable)
        .map(Obstacle::subject)
        .distinct()
        .toList();
  }

  /** Whether nothing that is told makes it applicable. */
  public boolean isImpossible() {
    return obstacles.stream().anyMatch(obstacle -> !obstacle.isAcceptable());
  }
}
