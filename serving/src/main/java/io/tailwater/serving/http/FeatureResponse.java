// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Field;
import io.tailwater.serving.FeatureQuery;
import io.tailwater.serving.FeatureStatus;
import io.tailwater.serving.OnlineFeatures;
import io.tailwater.serving.ServedView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer in Feast's form: a column each for the join keys and then for the features, in the
 * order of the request.
 *
 * <p>{@code metadata.views} is Tailwater's own: of each view that was read, how far its job has
 * come, and for each row whether what was stored still holds; and so is {@code
 * metadata.complete_from}, of the features that are not of all events in some row. Feast's clients
 * pass over both.
 *
 * <p>Not thread-safe.
 */
final class FeatureResponse {
  private static final String EPOCH = Instant.EPOCH.toString();

  private final FeatureQuery query;
  private final List<Object[]> rows;
  private final List<String> names;
  private final OnlineFeatures features;

  /** Instants as texts: all features of a view have that of its row. */
  private final Map<Long, String> texts = new HashMap<>();

  /**
   * @param rows what was asked for
   * @param names what the features are called
   */
  FeatureResponse(
      FeatureQuery query, List<Object[]> rows, List<String> names, OnlineFeatures features) {
    this.query = query;
    this.rows = rows;
    this.names = names;
    this.features = features;
  }

  byte[] toJson() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 10);
    try (JsonGenerator json = Json.factory().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeArrayFieldStart("results");
      List<Field> keys = query.inputs().subList(0, query.joinKeys().size());
      for (int key = 0; key < keys.size(); key++) {
        writeKey(json, keys.get(key).type(), key);
      }
      for (int feature = 0; feature < names.size(); feature++) {
        writeFeature(json, feature);
      }
      json.writeEndArray();
      writeMetadata(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void writeKey(JsonGenerator json, ValueType type, int key) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("values");
    for (Object[] row : rows) {
      JsonWriter.write(json, type, row[key]);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("statuses");
    for (Object[] row : rows) {
      json.writeString(
          (row[key] == null ? FeatureStatus.NULL_VALUE : FeatureStatus.PRESENT).name());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("event_timestamps");
    for (int row = 0; row < rows.size(); row++) {
      json.writeString(EPOCH);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writeFeature(JsonGenerator json, int feature) throws IOException {
    ValueType type = features.features().get(feature).type();
    json.writeStartObject();
    json.writeArrayFieldStart("values");
    for (int row = 0; row < rows.size(); row++) {
      JsonWriter.write(json, type, features.value(row, feature));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("statuses");
    for (int row = 0; row < rows.size(); row++) {
      json.writeString(status(row, feature).name());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("event_timestamps");
    for (int row = 0; row < rows.size(); row++) {
      json.writeString(time(features.eventTimestamp(row, feature), EPOCH));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** What JSON has no number for is null, and says so. */
  private FeatureStatus status(int row, int feature) {
    return JsonWriter.isNotANumber(features.value(row, feature))
        ? FeatureStatus.NULL_VALUE
        : features.status(row, feature);
  }

  private void writeMetadata(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("metadata");
    json.writeArrayFieldStart("feature_names");
    for (String key : query.joinKeys()) {
      json.writeString(key);
    }
    for (String name : names) {
      json.writeString(name);
    }
    json.writeEndArray();
    json.writeStringField("request_time", time(features.requestTime(), EPOCH));
    json.writeArrayFieldStart("views");
    for (ServedView view : features.views()) {
      writeView(json, view);
    }
    json.writeEndArray();
    writeCompleteness(json);
    json.writeEndObject();
  }

  private void writeCompleteness(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("complete_from");
    for (int feature = 0; feature < names.size(); feature++) {
      if (features.isComplete() || isComplete(feature)) {
        continue;
      }
      json.writeArrayFieldStart(names.get(feature));
      for (int row = 0; row < rows.size(); row++) {
        Long instant = features.completeFrom(row, feature);
        boolean never = instant != null && instant == Long.MAX_VALUE;
        json.writeString(never ? "never" : time(instant, null));
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private boolean isComplete(int feature) {
    for (int row = 0; row < rows.size(); row++) {
      if (features.completeFrom(row, feature) != null) {
        return false;
      }
    }
    return true;
  }

  private void writeView(JsonGenerator json, ServedView view) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", view.name());
    json.writeStringField("watermark", time(view.watermark(), null));
    Long lag = view.lag();
    if (lag == null) {
      json.writeNullField("lag_ms");
    } else {
      json.writeNumberField("lag_ms", lag);
    }
    json.writeArrayFieldStart("freshness");
    for (int row = 0; row < rows.size(); row++) {
      Object freshness = view.freshness(row);
      json.writeString(freshness == null ? null : freshness.toString());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("stale_ms");
    for (int row = 0; row < rows.size(); row++) {
      json.writeNumber(view.staleMillis(row));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private @Nullable String time(@Nullable Long millis, @Nullable String otherwise) {
    return millis == null
        ? otherwise
        : texts.computeIfAbsent(millis, instant -> Instant.ofEpochMilli(instant).toString());
  }
}
