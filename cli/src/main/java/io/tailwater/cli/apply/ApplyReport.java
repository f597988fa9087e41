// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.apply;

import io.tailwater.cli.plan.PlanJson;
import io.tailwater.cli.plan.PlanText;
import io.tailwater.cli.plan.RegistryPlan;
import io.tailwater.definitions.evolution.Obstacle;
import io.tailwater.definitions.model.Project;
import io.tailwater.stores.redis.PublishedDefinitions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has come of an apply.
 *
 * @param outcome in a word
 * @param project what was to be applied
 * @param applied what is applied now; null if it was refused
 * @param plan what is different from the version before; null if there is none, or no difference
 * @param obstacles why it was refused
 * @param stamped the tables whose properties are others now
 */
public record ApplyReport(
    Outcome outcome,
    Project project,
    @Nullable PublishedDefinitions applied,
    @Nullable RegistryPlan plan,
    List<Obstacle> obstacles,
    List<String> stamped) {

  /** What has come of it. */
  public enum Outcome {
    /** There is a new version. */
    APPLIED,
    /** The same was applied already. */
    UNCHANGED,
    /** Nothing was done. */
    REFUSED
  }

  public ApplyReport {
    obstacles = List.copyOf(obstacles);
    stamped = List.copyOf(stamped);
  }

  /** Whether the definitions are applied now. */
  public boolean isApplied() {
    return outcome != Outcome.REFUSED;
  }

  /** For people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (plan != null) {
      lines.addAll(PlanText.changes(plan.change()));
      lines.add("");
    }
    if (applied == null) {
      lines.addAll(refused());
      return lines;
    }
    lines.add(
        outcome == Outcome.APPLIED
            ? "Applied version %d of %s: %d views with %d features"
                .formatted(applied.version(), project.name(), project.allViews().size(), features())
            : "Version %d of %s is applied already, since %s: nothing to do"
                .formatted(applied.version(), project.name(), instant(applied)));
    if (!stamped.isEmpty()) {
      lines.add("Stamped the tables of " + String.join(", ", stamped));
    }
    if (plan != null && !plan.change().isEmpty()) {
      lines.add("");
      lines.addAll(nextSteps(plan));
    }
    return lines;
  }

  /** For programs. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("project", project.name());
    json.put("outcome", outcome.name().toLowerCase(Locale.ROOT));
    if (applied != null) {
      json.put("version", applied.version());
      json.put("applied_at", instant(applied));
      json.put("digest", applied.digest());
    }
    json.put("stamped", stamped);
    json.put("obstacles", obstacles.stream().map(ApplyReport::json).toList());
    if (plan != null) {
      json.put("plan", PlanJson.of(plan));
    }
    return json;
  }

  private List<String> refused() {
    List<String> lines = new ArrayList<>();
    lines.add("Not applied: old values would stand beside new ones, or a stream cannot go on.");
    for (Obstacle obstacle : obstacles) {
      lines.add("  %s: %s".formatted(obstacle.subject(), obstacle.found()));
      lines.add("    " + obstacle.advice());
    }
    if (plan != null && !plan.isImpossible()) {
      lines.add("If that is meant:");
      lines.add("  " + PlanText.applyCommand(plan.toBeAccepted()));
    }
    return lines;
  }

  private static List<String> nextSteps(RegistryPlan plan) {
    return plan.change().allRefusals().isEmpty()
        ? PlanText.nextSteps(plan.change())
        : List.of(
            "A stream has to begin with history, without its savepoint: tailwater stream --history archive");
  }

  private long features() {
    return project.allViews().stream().mapToLong(view -> view.features().size()).sum();
  }

  private static String instant(PublishedDefinitions definitions) {
    return Instant.ofEpochMilli(definitions.appliedAt()).toString();
  }

  private static Map<String, Object> json(Obstacle obstacle) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("subject", obstacle.subject());
    json.put("found", obstacle.found());
    json.put("advice", obstacle.advice());
    json.put("acceptable", obstacle.isAcceptable());
    return json;
  }
}
