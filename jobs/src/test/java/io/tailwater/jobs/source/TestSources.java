// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.EventTime;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.KafkaTopic;
import io.tailwater.definitions.model.WatermarkPolicy;
import java.util.List;

/** Sources that tests read. */
final class TestSources {
  /** A field of every type, all but the first two nullable. */
  static final List<Field> EVERY_TYPE =
      List.of(
          new Field("id", ValueType.STRING, false),
          new Field("at", ValueType.TIMESTAMP, false),
          new Field("flag", ValueType.BOOL, true),
          new Field("small", ValueType.INT32, true),
          new Field("big", ValueType.INT64, true),
          new Field("single", ValueType.FLOAT, true),
          new Field("real", ValueType.DOUBLE, true),
          new Field("price", ValueType.decimal(10, 2), true),
          new Field("raw", ValueType.BYTES, true),
          new Field("tags", ValueType.arrayOf(ValueType.STRING), true),
          new Field("scores", ValueType.mapOf(ValueType.DOUBLE), true));

  static final String EVERY_TYPE_SCHEMA =
      """
      {"type": "record", "name": "Event", "fields": [
        {"name": "id", "type": "string"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
        {"name": "flag", "type": ["null", "boolean"]},
        {"name": "small", "type": ["null", "int"]},
        {"name": "big", "type": ["long", "null"]},
        {"name": "single", "type": ["null", "float"]},
        {"name": "real", "type": ["null", "double"]},
        {"name": "price", "type": ["null",
          {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}]},
        {"name": "raw", "type": ["null", "bytes"]},
        {"name": "tags", "type": ["null", {"type": "array", "items": "string"}]},
        {"name": "scores", "type": ["null", {"type": "map", "values": "double"}]}
      ]}
      """;

  private static final String CLICK_SCHEMA =
      """
      {"type": "record", "name": "Click", "fields": [
        {"name": "id", "type": "string"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}
      ]}
      """;

  private TestSources() {}

  static EventSource everyType() {
    return new EventSource(
        "events",
        EVERY_TYPE_SCHEMA,
        EVERY_TYPE,
        new EventTime("at", null, "UTC"),
        List.of("id"),
        List.of(),
        WatermarkPolicy.DEFAULT,
        null);
  }

  /** A source of JSON events {@code {"id": …, "at": …}}. */
  static EventSource clicks(WatermarkPolicy watermark, String topic) {
    return clicks("clicks", watermark, topic);
  }

  static EventSource clicks(String name, WatermarkPolicy watermark, String topic) {
    return new EventSource(
        name,
        CLICK_SCHEMA,
        EVERY_TYPE.subList(0, 2),
        new EventTime("at", null, "UTC"),
        List.of("id"),
        List.of(),
        watermark,
        new KafkaTopic(topic, KafkaTopic.Format.JSON));
  }

  /** The same source with other fields, time and id. */
  static EventSource withFields(List<Field> fields, EventTime eventTime, String... eventId) {
    return new EventSource(
        "events",
        EVERY_TYPE_SCHEMA,
        fields,
        eventTime,
        List.of(eventId),
        List.of(),
        WatermarkPolicy.DEFAULT,
        null);
  }
}
