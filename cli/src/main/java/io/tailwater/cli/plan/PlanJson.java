// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.plan;

import io.tailwater.definitions.evolution.Difference;
import io.tailwater.definitions.evolution.FeatureChange;
import io.tailwater.definitions.evolution.ProjectChange;
import io.tailwater.definitions.evolution.Readiness;
import io.tailwater.definitions.evolution.Refusal;
import io.tailwater.definitions.evolution.ViewChange;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A change for programs. */
public final class PlanJson {
  private PlanJson() {}

  /** All of it, unchanged views and features too. */
  public static Map<String, Object> of(ProjectChange change) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("project", change.project());
    json.put("changes", !change.isEmpty());
    json.put("refused", !change.allRefusals().isEmpty());
    json.put("views", change.views().stream().map(PlanJson::view).toList());
    json.put("refusals", change.allRefusals().stream().map(PlanJson::refusal).toList());
    return json;
  }

  /** The same of a change of what is applied, and what has to be accepted to apply it. */
  public static Map<String, Object> of(RegistryPlan plan) {
    Map<String, Object> against = new LinkedHashMap<>();
    against.put("version", plan.applied().published().version());
    against.put(
        "applied_at", Instant.ofEpochMilli(plan.applied().published().appliedAt()).toString());
    Map<String, Object> json = of(plan.change());
    json.put("against", against);
    json.put("accept", plan.toBeAccepted());
    return json;
  }

  private static Map<String, Object> view(ViewChange view) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("view", view.name());
    json.put("change", lower(view.kind()));
    json.put("differences", differences(view.differences()));
    json.put("features", view.features().stream().map(PlanJson::feature).toList());
    return json;
  }

  private static Map<String, @Nullable Object> feature(FeatureChange feature) {
    Readiness readiness = feature.readiness();
    boolean isNever = readiness.afterMillis() == Readiness.NEVER;
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("feature", feature.name());
    json.put("was", feature.was());
    json.put("change", lower(feature.kind()));
    json.put("type", feature.type().toString());
    json.put("stored", feature.isStored());
    json.put("differences", differences(feature.differences()));
    json.put("complete_after_ms", isNever ? null : readiness.afterMillis());
    json.put("because", lower(readiness.cause()));
    json.put("column", lower(feature.column()));
    json.put("needs", feature.needs().stream().map(PlanJson::lower).toList());
    return json;
  }

  private static List<Map<String, @Nullable Object>> differences(List<Difference> differences) {
    return differences.stream().map(PlanJson::difference).toList();
  }

  private static Map<String, @Nullable Object> difference(Difference difference) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("what", difference.what());
    json.put("before", difference.before());
    json.put("after", difference.after());
    return json;
  }

  private static Map<String, Object> refusal(Refusal refusal) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("subject", refusal.subject());
    json.put("found", refusal.found());
    json.put("advice", refusal.advice());
    return json;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
