// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.deadletters;

import io.tailwater.jobs.deadletters.ReplaySummary;
import io.tailwater.jobs.deadletters.ReplayVerdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A replay for people and programs.
 *
 * @param summary what became of the letters
 * @param dryRun whether nothing was sent
 */
public record ReplayText(ReplaySummary summary, boolean dryRun) {

  /** For people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%,9d  %s%s"
            .formatted(
                summary.count(ReplayVerdict.REPLAYED),
                dryRun ? "would be replayed" : "replayed",
                codes(summary.counts().getOrDefault(ReplayVerdict.REPLAYED, Map.of()))));
    summary
        .counts()
        .forEach(
            (verdict, byCode) -> {
              if (verdict != ReplayVerdict.REPLAYED) {
                lines.add(
                    "%,9d  not: %s%s"
                        .formatted(summary.count(verdict), verdict.text(), codes(byCode)));
              }
            });
    summary.missingTopics().forEach(topic -> lines.add("No topic '%s'".formatted(topic)));
    return lines;
  }

  /** For programs. */
  public Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> verdicts = new LinkedHashMap<>();
    for (ReplayVerdict verdict : ReplayVerdict.values()) {
      verdicts.put(
          verdict.name().toLowerCase(Locale.ROOT),
          summary.counts().getOrDefault(verdict, Map.of()));
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("dry_run", dryRun);
    json.put("letters", verdicts);
    json.put("missing_topics", summary.missingTopics());
    return json;
  }

  private static String codes(Map<String, Long> byCode) {
    return byCode.isEmpty()
        ? ""
        : byCode.entrySet().stream()
            .map(entry -> "%s %,d".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", ", " (", ")"));
  }
}
