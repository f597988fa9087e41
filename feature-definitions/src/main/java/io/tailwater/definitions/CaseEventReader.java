// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.cases.CaseEvent;
import io.tailwater.definitions.cases.Place;
import io.tailwater.definitions.expression.Suggestions;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.Project;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the events of a file's cases. */
final class CaseEventReader {
  private final Project project;
  private final String file;
  private final Map<String, YamlMapping> defaults = new HashMap<>();

  CaseEventReader(Project project, String file) {
    this.project = project;
    this.file = file;
  }

  /** Reads {@code defaults}: by source, fields of events that do not say them. */
  void readDefaults(YamlValue value) {
    for (Map.Entry<String, YamlValue> entry : fields(value).entrySet()) {
      Optional<EventSource> source = source(entry.getKey(), entry.getValue());
      Optional<YamlMapping> row = source.flatMap(found -> entry.getValue().asMapping());
      row.ifPresent(
          mapping -> {
            mapping.refuseOthers(names(source.orElseThrow()), Map.of());
            defaults.put(entry.getKey(), mapping);
          });
    }
  }

  /** Reads {@code events}: by source, a list of rows. */
  List<CaseEvent> readEvents(YamlValue value) {
    List<CaseEvent> events = new ArrayList<>();
    for (Map.Entry<String, YamlValue> entry : fields(value).entrySet()) {
      Optional<EventSource> source = source(entry.getKey(), entry.getValue());
      if (source.isEmpty()) {
        continue;
      }
      for (YamlValue row : entry.getValue().asList()) {
        row.asMapping().ifPresent(mapping -> events.add(event(source.get(), mapping)));
      }
    }
    return events;
  }

  private CaseEvent event(EventSource source, YamlMapping mapping) {
    mapping.refuseOthers(names(source), Map.of());
    @Nullable Object[] row = new @Nullable Object[source.fields().size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = field(source, source.fields().get(i), mapping);
    }
    return new CaseEvent(source, row, new Place(file, mapping.value().line()));
  }

  private @Nullable Object field(EventSource source, Field field, YamlMapping mapping) {
    Optional<YamlValue> value = mapping.get(field.name());
    YamlMapping others = defaults.get(source.name());
    if (value.isEmpty() && others != null) {
      value = others.get(field.name());
    }
    boolean needed =
        !field.nullable()
            || field.name().equals(source.eventTime().field())
            || source.eventId().contains(field.name());
    if (value.isEmpty() || value.get().isNull()) {
      if (needed) {
        value
            .orElse(mapping.value())
            .problem(
                value.isPresent() ? "null" : "no '%s'".formatted(field.name()),
                "'%s: …', a value of %s, which no event of '%s' is without"
                    .formatted(field.name(), field.type(), source.name()),
                value.isPresent()
                    ? null
                    : "'defaults: {%s: …}' gives it once".formatted(source.name()));
      }
      return null;
    }
    return read(source, field, value.get()).orElse(null);
  }

  /** An event's time in milliseconds may be written as an instant. */
  private static Optional<Object> read(EventSource source, Field field, YamlValue value) {
    boolean time = field.name().equals(source.eventTime().field());
    boolean number = value.text().filter(text -> text.matches("-?\\d+")).isPresent();
    if (time && field.type().equals(ValueType.INT64) && !number) {
      return CaseValues.read(value, ValueType.TIMESTAMP);
    }
    return CaseValues.read(value, field.type());
  }

  private Optional<EventSource> source(String name, YamlValue value) {
    Optional<EventSource> source = project.source(name);
    if (source.isEmpty()) {
      List<String> known = project.sources().stream().map(EventSource::name).toList();
      value.problem(
          "the unknown source '%s'".formatted(name),
          known.isEmpty() ? "a source; there is none" : "one of " + String.join(", ", known),
          Suggestions.didYouMean(name, known).orElse(null));
    }
    return source;
  }

  private static Set<String> names(EventSource source) {
    Set<String> names = new HashSet<>();
    source.fields().forEach(field -> names.add(field.name()));
    return names;
  }

  private static Map<String, YamlValue> fields(YamlValue value) {
    return value.asMapping().map(YamlMapping::fields).orElse(Map.of());
  }
}
