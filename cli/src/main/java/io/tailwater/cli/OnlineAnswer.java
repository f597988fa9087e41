// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static java.util.Objects.requireNonNull;

import io.tailwater.cli.console.Json;
import io.tailwater.stores.OnlineVector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the online store says of an entity in one view.
 *
 * @param vector holds the named features in their order; null if the store has none
 * @param watermark up to when the view's job has come, in milliseconds; null if it has not said
 */
record OnlineAnswer(
    String view, List<String> features, @Nullable OnlineVector vector, @Nullable Long watermark) {

  /** The answer for people. */
  List<String> lines(long now) {
    if (vector == null) {
      return List.of("%s: NOT_FOUND".formatted(view));
    }
    List<String> lines = new ArrayList<>();
    lines.add("%s as of %s%s".formatted(view, time(vector.eventTimestamp()), validity(now)));
    int width = features.stream().mapToInt(String::length).max().orElse(0);
    for (int i = 0; i < features.size(); i++) {
      lines.add(
          ("  %-" + width + "s  %s%s")
              .formatted(features.get(i), text(vector.values()[i]), completeness(i, now)));
    }
    return lines;
  }

  /** The answer for programs. */
  Map<String, @Nullable Object> json(long now) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("feature_view", view);
    json.put("status", vector == null ? "NOT_FOUND" : "PRESENT");
    if (vector != null) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      for (int i = 0; i < features.size(); i++) {
        values.put(features.get(i), vector.values()[i]);
      }
      json.put("features", values);
      json.put("complete_from", incomplete(now));
      json.put("event_timestamp", time(vector.eventTimestamp()));
      json.put("valid_until", isForever(vector) ? null : time(vector.validUntil()));
    }
    json.put("watermark", watermark == null ? null : time(watermark));
    return json;
  }

  /** A vector is stale where the job has not done a step that was due: it lags, or stands still. */
  private String validity(long now) {
    if (vector == null || isForever(vector)) {
      return "";
    }
    String until = ", valid until " + time(vector.validUntil());
    if (vector.validUntil() > now) {
      return until;
    }
    return until
        + (watermark == null ? ": STALE" : ": STALE, the job has come to " + time(watermark));
  }

  /**
   * Whether a value is of less than there was. When all that is not known has left the window, the
   * value is right, though it was written before.
   */
  private boolean isIncomplete(int feature, long now) {
    return vector != null
        && vector.completeFrom().length > 0
        && vector.completeFrom()[feature] > now;
  }

  private String completeness(int feature, long now) {
    return isIncomplete(feature, now)
        ? "  (not of all events: complete %s)".formatted(completeFrom(feature))
        : "";
  }

  private String completeFrom(int feature) {
    long instant = requireNonNull(vector).completeFrom()[feature];
    return instant == OnlineVector.FOREVER ? "never" : "from " + time(instant);
  }

  /** The features that are of less than there was. */
  private Map<String, @Nullable Object> incomplete(long now) {
    Map<String, @Nullable Object> incomplete = new LinkedHashMap<>();
    for (int i = 0; i < features.size(); i++) {
      if (isIncomplete(i, now)) {
        long instant = requireNonNull(vector).completeFrom()[i];
        incomplete.put(
            features.get(i), instant == OnlineVector.FOREVER ? null : (Object) time(instant));
      }
    }
    return incomplete;
  }

  /** Lists and maps as JSON, as they stand in Redis. */
  private static @Nullable Object text(@Nullable Object value) {
    return value instanceof List || value instanceof Map ? Json.line(value) : value;
  }

  private static boolean isForever(OnlineVector vector) {
    return vector.validUntil() == OnlineVector.FOREVER;
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
