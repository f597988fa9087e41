// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.definitions.model.Column;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.EventTime;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.KafkaTopic;
import io.tailwater.definitions.model.WatermarkPolicy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code sources}. */
final class SourceReader {
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "schema",
          "event_time",
          "event_id",
          "columns",
          "watermark",
          "kafka",
          "archive",
          "description");
  private static final Set<String> WATERMARK_KEYS =
      Set.of("out_of_orderness", "idle_after", "allowed_lateness", "max_ahead");

  private final YamlMapping mapping;
  private final ProjectTexts texts;

  private SourceReader(YamlMapping mapping, ProjectTexts texts) {
    this.mapping = mapping;
    this.texts = texts;
  }

  /** The source; empty, with problems added, if it is none. */
  static Optional<EventSource> read(YamlMapping mapping, ProjectTexts texts) {
    return new SourceReader(mapping, texts).read();
  }

  private Optional<EventSource> read() {
    mapping.refuseOthers(KEYS, Map.of());
    Optional<String> name = Names.read(mapping);
    WatermarkPolicy watermark =
        mapping
            .get("watermark")
            .flatMap(YamlValue::asMapping)
            .map(SourceReader::watermark)
            .orElse(WatermarkPolicy.DEFAULT);
    Optional<KafkaTopic> kafka =
        mapping
            .get("kafka")
            .flatMap(YamlValue::asMapping)
            .flatMap(topic -> KafkaTopicReader.read(topic, texts));
    boolean archive = Flags.read(mapping, "archive", false);
    Optional<AvroFields.SourceSchema> schema =
        mapping.require("schema").flatMap(value -> AvroFields.read(value, texts));
    mapping.require("event_time");
    mapping.require("event_id");
    if (schema.isEmpty()) {
      return Optional.empty();
    }
    List<Field> fields = schema.get().fields();
    Optional<EventTime> eventTime =
        mapping.get("event_time").flatMap(value -> EventTimeReader.read(value, fields));
    Optional<List<String>> eventId =
        mapping.get("event_id").flatMap(value -> eventId(value, fields));
    Optional<List<Column>> columns = columns(EventSource.timedRow(fields));
    if (name.isEmpty() || eventTime.isEmpty() || eventId.isEmpty() || columns.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new EventSource(
            name.get(),
            schema.get().json(),
            fields,
            eventTime.get(),
            eventId.get(),
            columns.get(),
            watermark,
            kafka.orElse(null),
            archive));
  }

  private static Optional<List<String>> eventId(YamlValue value, List<Field> fields) {
    List<YamlValue> names = value.isList() ? value.asList() : List.of(value);
    if (names.isEmpty()) {
      value.problem("an empty list", "the fields that together identify an event");
    }
    Set<String> id = new LinkedHashSet<>();
    for (YamlValue name : names) {
      Optional<String> part = eventIdPart(name, fields);
      if (part.isPresent() && !id.add(part.get())) {
        name.problem("the field '%s' a second time".formatted(part.get()), "each field once");
      }
    }
    boolean complete = !id.isEmpty() && id.size() == names.size();
    return complete ? Optional.of(List.copyOf(id)) : Optional.empty();
  }

  private static Optional<String> eventIdPart(YamlValue name, List<Field> fields) {
    return name.text().filter(EventSource.POSITION::equals).isPresent()
        ? name.text()
        : FieldReader.resolve(name, fields).map(Field::name);
  }

  private Optional<List<Column>> columns(List<Field> fields) {
    Optional<YamlMapping> columns = mapping.get("columns").flatMap(YamlValue::asMapping);
    if (columns.isEmpty()) {
      return mapping.has("columns") ? Optional.empty() : Optional.of(List.of());
    }
    List<Column> read = new ArrayList<>();
    columns
        .get()
        .fields()
        .forEach((name, value) -> column(name, value, fields).ifPresent(read::add));
    return read.size() == columns.get().fields().size() ? Optional.of(read) : Optional.empty();
  }

  private static Optional<Column> column(String name, YamlValue value, List<Field> fields) {
    boolean named = Names.check(name, value);
    boolean taken = fields.stream().anyMatch(field -> field.name().equals(name));
    if (taken) {
      value.problem("a column with the name of the field '%s'".formatted(name), "another name");
    }
    return ExpressionReader.read(value, fields)
        .filter(expression -> named && !taken)
        .map(expression -> new Column(name, expression));
  }

  private static WatermarkPolicy watermark(YamlMapping mapping) {
    mapping.refuseOthers(WATERMARK_KEYS, Map.of());
    WatermarkPolicy policy = WatermarkPolicy.DEFAULT;
    return new WatermarkPolicy(
        duration(mapping, "out_of_orderness", 0, policy.outOfOrdernessMillis()),
        duration(mapping, "idle_after", 1, policy.idleAfterMillis()),
        duration(mapping, "allowed_lateness", 0, policy.allowedLatenessMillis()),
        duration(mapping, "max_ahead", 0, policy.maxAheadMillis()));
  }

  private static long duration(YamlMapping mapping, String key, long least, long defaultMillis) {
    return mapping
        .get(key)
        .map(value -> Durations.read(value, least).orElse(defaultMillis))
        .orElse(defaultMillis);
  }
}
