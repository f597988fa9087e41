// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.report;

import io.tailwater.jobs.historical.RetrievalSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a training set holds, for people and programs.
 *
 * @param output where it is
 */
public record TrainingSetReport(RetrievalSummary summary, String output) {
  private static final int LONGEST_RANGE = 60;
  private static final String NEVER = "never";

  /** For people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("%s: %,d rows".formatted(output, summary.rows()));
    if (summary.zoneless() > 0) {
      lines.add(
          "  %,d labels have an event_timestamp without a time zone: read as UTC"
              .formatted(summary.zoneless()));
    }
    for (RetrievalSummary.View view : summary.views()) {
      if (!view.known()) {
        lines.add(
            "  view %s: nothing was known then, all %,d rows are without it"
                .formatted(view.name(), summary.rows()));
      } else if (view.unmatched() > 0) {
        lines.add(
            "  view %s: %,d rows (%s) found no row"
                .formatted(view.name(), view.unmatched(), share(view.unmatched())));
      }
    }
    for (RetrievalSummary.Incomplete feature : summary.incomplete()) {
      lines.add(
          "  %s of %s: fully known %s, %,d labels (%s) are before it"
              .formatted(
                  feature.feature(),
                  feature.view(),
                  feature.completeFrom() == Long.MAX_VALUE
                      ? NEVER
                      : "from %s on".formatted(Instant.ofEpochMilli(feature.completeFrom())),
                  feature.labels(),
                  share(feature.labels())));
    }
    int width =
        summary.columns().stream().mapToInt(column -> column.name().length()).max().orElse(0);
    for (RetrievalSummary.Column column : summary.columns()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-" + width + "s  %7s null  %s",
              column.name(),
              share(column.nulls()),
              range(column)));
    }
    return lines;
  }

  /** For programs. */
  public Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("output", output);
    json.put("rows", summary.rows());
    json.put("timestamps_without_zone", summary.zoneless());
    json.put("views", summary.views().stream().map(TrainingSetReport::json).toList());
    json.put("incomplete", summary.incomplete().stream().map(TrainingSetReport::json).toList());
    json.put("features", summary.columns().stream().map(this::json).toList());
    return json;
  }

  private static Map<String, Object> json(RetrievalSummary.View view) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("view", view.name());
    json.put("rows_without_match", view.unmatched());
    json.put("known", view.known());
    return json;
  }

  private static Map<String, Object> json(RetrievalSummary.Incomplete feature) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("view", feature.view());
    json.put("feature", feature.feature());
    json.put(
        "complete_from",
        feature.completeFrom() == Long.MAX_VALUE
            ? NEVER
            : Instant.ofEpochMilli(feature.completeFrom()).toString());
    json.put("labels_before", feature.labels());
    return json;
  }

  private Map<String, @Nullable Object> json(RetrievalSummary.Column column) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", column.name());
    json.put("type", column.type().toString());
    json.put("nulls", column.nulls());
    json.put("null_share", fraction(column.nulls()));
    json.put("min", column.least());
    json.put("max", column.greatest());
    return json;
  }

  private String share(long count) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * fraction(count));
  }

  private double fraction(long count) {
    return summary.rows() == 0 ? 0 : (double) count / summary.rows();
  }

  private static String range(RetrievalSummary.Column column) {
    String least = column.least();
    String greatest = column.greatest();
    return least == null || greatest == null
        ? ""
        : "%s – %s".formatted(abbreviated(least), abbreviated(greatest));
  }

  private static String abbreviated(String text) {
    return text.length() <= LONGEST_RANGE ? text : text.substring(0, LONGEST_RANGE) + "…";
  }
}
