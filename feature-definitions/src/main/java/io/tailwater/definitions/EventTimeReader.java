// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.EventTime;
import io.tailwater.definitions.model.Field;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code event_time}: a field's name, or {@code {field, format, zone}}. */
final class EventTimeReader {
  private static final Set<String> KEYS = Set.of("field", "format", "zone");
  private static final String UTC = "UTC";
  private static final String PATTERN = "a pattern such as 'yyyy-MM-dd HH:mm:ss'";

  private EventTimeReader() {}

  /** The event time; empty, with problems added, if it is none. */
  static Optional<EventTime> read(YamlValue value, List<Field> fields) {
    if (!value.isMapping()) {
      return timeField(value, fields).map(field -> new EventTime(field.name(), null, UTC));
    }
    return value.asMapping().flatMap(mapping -> read(mapping, fields));
  }

  private static Optional<EventTime> read(YamlMapping mapping, List<Field> fields) {
    mapping.refuseOthers(KEYS, Map.of());
    Optional<Field> field = mapping.require("field").flatMap(value -> timeField(value, fields));
    Optional<String> format = mapping.get("format").flatMap(EventTimeReader::format);
    Optional<String> zone =
        mapping.has("zone")
            ? mapping.get("zone").flatMap(ZoneReader::read).map(ZoneId::getId)
            : Optional.of(UTC);
    boolean formatted = mapping.has("format");
    if (formatted && field.isPresent() && !isText(field.get())) {
      mapping
          .require("format")
          .ifPresent(
              value ->
                  value.problem(
                      "a format for '%s', which is %s"
                          .formatted(field.get().name(), field.get().type()),
                      "a format for a STRING field only"));
      return Optional.empty();
    }
    if (field.isEmpty() || zone.isEmpty() || (formatted && format.isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(new EventTime(field.get().name(), format.orElse(null), zone.get()));
  }

  private static Optional<Field> timeField(YamlValue value, List<Field> fields) {
    Optional<Field> field = FieldReader.resolve(value, fields);
    if (field.isEmpty()) {
      return field;
    }
    return switch (field.get().type().kind()) {
      case TIMESTAMP, INT64, STRING -> field;
      case BOOL, INT32, FLOAT, DOUBLE, DECIMAL, BYTES, ARRAY, MAP -> {
        value.problem(
            "'%s', which is %s".formatted(field.get().name(), field.get().type()),
            "a TIMESTAMP, an INT64 of milliseconds since the epoch, or a STRING");
        yield Optional.empty();
      }
    };
  }

  private static boolean isText(Field field) {
    return field.type().equals(ValueType.STRING);
  }

  private static Optional<String> format(YamlValue value) {
    Optional<String> pattern = value.asText(PATTERN);
    try {
      return pattern
          .map(text -> DateTimeFormatter.ofPattern(text, Locale.ROOT))
          .flatMap(any -> pattern);
    } catch (IllegalArgumentException e) {
      value.problem("%s (%s)".formatted(value.describe(), e.getMessage()), PATTERN);
      return Optional.empty();
    }
  }
}
