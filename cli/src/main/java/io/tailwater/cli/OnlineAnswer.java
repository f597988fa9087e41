// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.Json;
import io.tailwater.definitions.retrieval.OutputFeature;
import io.tailwater.serving.FeatureStatus;
import io.tailwater.serving.Freshness;
import io.tailwater.serving.OnlineFeatures;
import io.tailwater.serving.ServedView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the online store says of an entity in one view.
 *
 * @param view the view's name or alias
 * @param features the values by name, in the order in which they were asked for
 * @param incomplete of features that are of less than there was, from when on they are of all of
 *     it, in milliseconds; {@link Long#MAX_VALUE} for never
 * @param served what was stored; null of a view on demand
 */
record OnlineAnswer(
    String view,
    Map<String, @Nullable Object> features,
    Map<String, Long> incomplete,
    @Nullable ServedView served) {
  /** Whoever asks by a command asks for one entity. */
  private static final int ROW = 0;

  private static final String NEVER = "never";

  /** An answer for each view, in the order in which they were asked for. */
  static List<OnlineAnswer> of(OnlineFeatures read) {
    Map<String, OnlineAnswer> answers = new LinkedHashMap<>();
    for (int i = 0; i < read.features().size(); i++) {
      OutputFeature feature = read.features().get(i);
      ServedView served = read.viewOf(i);
      OnlineAnswer answer =
          answers.computeIfAbsent(
              feature.view(),
              view -> new OnlineAnswer(view, new LinkedHashMap<>(), new LinkedHashMap<>(), served));
      answer.features.put(feature.name(), read.value(ROW, i));
      Long completeFrom = read.completeFrom(ROW, i);
      if (completeFrom != null) {
        answer.incomplete.put(feature.name(), completeFrom);
      }
    }
    return List.copyOf(answers.values());
  }

  /** The answer for people. */
  List<String> lines() {
    if (status() == FeatureStatus.NOT_FOUND) {
      return List.of("%s: NOT_FOUND".formatted(view));
    }
    List<String> lines = new ArrayList<>();
    lines.add(served == null ? view + ", computed on read" : view + " as of " + asOf(served));
    int width = features.keySet().stream().mapToInt(String::length).max().orElse(0);
    features.forEach(
        (name, value) ->
            lines.add(
                ("  %-" + width + "s  %s%s").formatted(name, text(value), completeness(name))));
    return lines;
  }

  /** The answer for programs. */
  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("feature_view", view);
    json.put("status", status().name());
    if (status() != FeatureStatus.NOT_FOUND) {
      json.put("features", features);
      json.put("complete_from", completeFrom());
    }
    if (served != null) {
      if (status() != FeatureStatus.NOT_FOUND) {
        json.put("event_timestamp", time(served.eventTimestamp(ROW)));
        json.put("valid_until", time(served.validUntil(ROW)));
        json.put("freshness", String.valueOf(served.freshness(ROW)));
      }
      json.put("watermark", time(served.watermark()));
    }
    return json;
  }

  private String completeness(String feature) {
    Long instant = incomplete.get(feature);
    if (instant == null) {
      return "";
    }
    return "  (not of all events: complete %s)"
        .formatted(instant == Long.MAX_VALUE ? NEVER : "from " + time(instant));
  }

  private Map<String, String> completeFrom() {
    Map<String, String> instants = new LinkedHashMap<>();
    incomplete.forEach(
        (feature, instant) ->
            instants.put(
                feature,
                instant == Long.MAX_VALUE ? NEVER : Instant.ofEpochMilli(instant).toString()));
    return instants;
  }

  private FeatureStatus status() {
    return served == null ? FeatureStatus.PRESENT : served.status(ROW);
  }

  private static String asOf(ServedView served) {
    StringBuilder text = new StringBuilder().append(time(served.eventTimestamp(ROW)));
    if (served.status(ROW) == FeatureStatus.OUTSIDE_MAX_AGE) {
      return text.append(": OUTSIDE_MAX_AGE, older than its ttl").toString();
    }
    if (served.validUntil(ROW) != null) {
      text.append(", valid until ").append(time(served.validUntil(ROW)));
    }
    if (served.freshness(ROW) == Freshness.STALE) {
      text.append(": STALE");
      if (served.watermark() != null) {
        text.append(", the job has come to ").append(time(served.watermark()));
      }
    }
    return text.toString();
  }

  /** Lists and maps as JSON, as they stand in Redis. */
  private static @Nullable Object text(@Nullable Object value) {
    return value instanceof List || value instanceof Map ? Json.line(value) : value;
  }

  private static @Nullable String time(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis).toString();
  }
}
