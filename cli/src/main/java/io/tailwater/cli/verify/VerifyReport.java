// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.verify;

import io.tailwater.cli.replay.Values;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.Project;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What came of a verification, for people and programs. */
public final class VerifyReport {
  private final Project project;
  private final long seed;
  private final List<ViewVerification> views;

  VerifyReport(Project project, long seed, List<ViewVerification> views) {
    this.project = project;
    this.seed = seed;
    this.views = views;
  }

  /** Whether no store has another value than it should. */
  public boolean agrees() {
    return views.stream()
        .flatMap(view -> view.tallies().stream())
        .allMatch(tally -> tally.differences().isEmpty());
  }

  /**
   * For people.
   *
   * @param limit how many differences of each view and store are shown
   */
  public List<String> lines(int limit) {
    List<String> lines = new ArrayList<>();
    for (ViewVerification view : views) {
      lines.add("%s: %,d entities of seed %d".formatted(view.view().name(), view.size(), seed));
      for (StoreTally tally : view.tallies()) {
        lines.add("  " + summary(tally));
        tally.differences().stream()
            .limit(limit)
            .forEach(difference -> lines.add("    " + text(view, difference)));
        if (tally.differences().size() > limit) {
          lines.add("    and %,d more".formatted(tally.differences().size() - limit));
        }
      }
    }
    lines.add(
        agrees()
            ? "No differences."
            : "Differences: `tailwater explain VIEW:FEATURE --entity KEY=VALUE --at T` shows a value's events.");
    return lines;
  }

  /**
   * For programs.
   *
   * @param limit how many differences of each view and store are listed
   */
  public Map<String, @Nullable Object> json(int limit) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("project", project.name());
    json.put("seed", seed);
    json.put("agrees", agrees());
    json.put("views", views.stream().map(view -> json(view, limit)).toList());
    return json;
  }

  private static Map<String, @Nullable Object> json(ViewVerification view, int limit) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("view", view.view().name());
    json.put("entities", view.size());
    json.put("entities_that_differ", view.entitiesThatDiffer());
    for (StoreTally tally : view.tallies()) {
      Map<String, @Nullable Object> store = new LinkedHashMap<>();
      store.put("entities", tally.entities());
      store.put("values", tally.values());
      store.put("incomplete_values", tally.incompleteValues());
      store.put("entities_behind", tally.entitiesBehind());
      store.put("differences", tally.differences().size());
      store.put(
          "examples",
          tally.differences().stream().limit(limit).map(each -> json(view, each)).toList());
      json.put(tally.store(), store);
    }
    return json;
  }

  private static Map<String, @Nullable Object> json(ViewVerification view, Difference difference) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("entity", entity(view, difference.key()));
    json.put("feature", difference.feature());
    json.put("at", difference.instant() == null ? null : Values.instant(difference.instant()));
    json.put("stored", difference.stored());
    json.put("recomputed", difference.recomputed());
    json.put("text", difference.text());
    return json;
  }

  private static String summary(StoreTally tally) {
    StringBuilder summary = new StringBuilder();
    summary.append(
        "%-6s  %,d entities, %,d values: %,d differences"
            .formatted(
                tally.store(), tally.entities(), tally.values(), tally.differences().size()));
    if (tally.incompleteValues() > 0) {
      summary.append(
          "; %,d values before they are fully known, not compared"
              .formatted(tally.incompleteValues()));
    }
    if (tally.entitiesBehind() > 0) {
      summary.append(
          "; %,d entities with events that the stream has not done with, not compared"
              .formatted(tally.entitiesBehind()));
    }
    return summary.toString();
  }

  private static String text(ViewVerification view, Difference difference) {
    return entity(view, difference.key()).entrySet().stream()
            .map(part -> part.getKey() + "=" + part.getValue())
            .collect(Collectors.joining(", "))
        + ": "
        + difference.text();
  }

  private static Map<String, @Nullable Object> entity(ViewVerification view, Object[] key) {
    Map<String, @Nullable Object> entity = new LinkedHashMap<>();
    List<JoinKey> keys = view.view().entity().joinKeys();
    for (int i = 0; i < key.length; i++) {
      entity.put(keys.get(i).name(), Values.json(key[i], keys.get(i).type()));
    }
    return entity;
  }
}
