// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.init;

import io.tailwater.aggregation.ValueType;
import io.tailwater.cli.console.Json;
import io.tailwater.definitions.expression.ExpressionCompiler;
import io.tailwater.definitions.expression.ExpressionException;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a new project. */
final class ProjectText {
  /** How far behind an event may come before it counts as out of order at all. */
  private static final long USUAL_DISORDER = Duration.ofSeconds(5).toMillis();

  private final SourceDraft source;

  ProjectText(SourceDraft source) {
    this.source = source;
  }

  /** The definitions. */
  String definitions() {
    StringBuilder text = new StringBuilder();
    text.append("# Made by `tailwater init`; yours to change. `tailwater validate` checks it.\n");
    text.append("project: ").append(source.project()).append("\n\nentities:\n");
    text.append("  - name: ").append(source.entity()).append("\n    join_keys:\n");
    text.append("      - {name: %s, type: %s}\n".formatted(joinKey(), joinKeyType()));
    text.append("\nsources:\n  - name: ").append(source.name()).append('\n');
    text.append("    schema: ").append(source.name()).append(".avsc\n");
    text.append("    event_time: ").append(eventTime()).append('\n');
    text.append("    event_id: [").append(String.join(", ", source.eventId())).append(']');
    text.append(
        source.eventId().contains(EventSource.POSITION)
            ? "     # where an event stands: no field tells events apart\n"
            : "\n");
    addWatermark(text);
    addKafka(text);
    addView(text);
    return text.toString();
  }

  /** The Avro schema: the given one, or one of the sample's fields. */
  String schema() {
    String given = source.draft().schema();
    if (given != null) {
      return given;
    }
    List<Map<String, Object>> fields = new ArrayList<>();
    for (DraftField field : source.draft().fields()) {
      Object type = avroType(field.type());
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("name", field.name());
      json.put("type", field.nullable() ? List.of("null", type) : type);
      fields.add(json);
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "record");
    schema.put("name", source.name());
    schema.put("fields", fields);
    return Json.text(schema) + "\n";
  }

  /** The endpoints. */
  String settings() {
    return """
        # Where the project runs; flags of the command line go over it. ${NAME:-default} is a variable
        # of the environment.
        %sredis: ${REDIS_ADDRESS:-localhost:6379}
        warehouse: ${TAILWATER_WAREHOUSE:-./warehouse}
        checkpoints: {directory: "${TAILWATER_CHECKPOINTS:-./checkpoints}", interval: 10s}
        """
        .formatted(isOfKafka() ? "kafka: ${KAFKA_BOOTSTRAP:-localhost:9092}\n" : "");
  }

  private boolean isOfKafka() {
    return source.draft().schema() != null;
  }

  private String joinKey() {
    return SourceDraft.nameOf(source.key().name());
  }

  private ValueType joinKeyType() {
    return source.key().type();
  }

  private String eventTime() {
    String format = source.timeFormat();
    return format == null
        ? source.eventTime().name()
        : "{field: %s, format: '%s', zone: UTC}".formatted(source.eventTime().name(), format);
  }

  private void addWatermark(StringBuilder text) {
    long disorder = source.eventTime().disorderMillis();
    if (disorder > USUAL_DISORDER) {
      text.append("    # the sample's events come in no better order\n");
      text.append("    watermark: {out_of_orderness: %ds}\n".formatted(disorder / 1000 + 1));
    }
  }

  private void addKafka(StringBuilder text) {
    text.append(
        isOfKafka()
            ? "    kafka: {topic: %s, format: avro}\n".formatted(source.name())
            : "    # kafka: {topic: %s, format: json}     # once events come from there\n"
                .formatted(source.name()));
  }

  private void addView(StringBuilder text) {
    text.append("\nfeature_views:\n  - name: %s_activity\n".formatted(source.entity()));
    text.append("    entity: %s\n    source: %s\n".formatted(source.entity(), source.name()));
    if (!joinKey().equals(source.key().name())) {
      text.append("    keys: {%s: %s}\n".formatted(joinKey(), source.key().name()));
    }
    if (source.key().nullable()) {
      expression(source.key().name())
          .ifPresent(key -> text.append("    where: %s is not null\n".formatted(key)));
    }
    text.append("    features:\n");
    text.append("      - {name: events, aggregate: count(*), windows: [1d, 7d, 30d]}\n");
    source.draft().fields().stream()
        .filter(this::isAmount)
        .forEach(field -> addAmount(text, field));
    text.append("      - {name: last_event_at, aggregate: max(event_time), window: lifetime}\n");
    text.append(
        "      - {name: days_since_last_event, expression: \"TIMESTAMPDIFF(DAY, last_event_at, request_time)\"}\n");
  }

  private void addAmount(StringBuilder text, DraftField field) {
    expression(field.name())
        .ifPresent(
            sql -> {
              String name = SourceDraft.nameOf(field.name());
              for (String aggregate : List.of("sum", "avg", "max")) {
                text.append(
                    "      - {name: %s_%s, aggregate: '%s(%s)', windows: [7d, 30d]}\n"
                        .formatted(name, aggregate, aggregate, sql));
              }
            });
  }

  /** A number that is no key. */
  private boolean isAmount(DraftField field) {
    return field.type().isNumeric()
        && !FieldChoice.isNamedKey(field)
        && !field.equals(source.eventTime())
        && !field.equals(source.key());
  }

  /** The field's name in SQL: in backticks if it is a word of SQL; empty if neither will do. */
  private Optional<String> expression(String name) {
    List<Field> row =
        EventSource.timedRow(
            source.draft().fields().stream()
                .map(field -> new Field(field.name(), field.type(), true))
                .toList());
    return Stream.of(name, "`" + name + "`").filter(sql -> isExpression(sql, row)).findFirst();
  }

  private static boolean isExpression(String sql, List<Field> row) {
    try {
      ExpressionCompiler.analyze(sql, row);
      return true;
    } catch (ExpressionException e) {
      return false;
    }
  }

  private static Object avroType(ValueType type) {
    return switch (type.kind()) {
      case BOOL -> "boolean";
      case INT64 -> "long";
      case DOUBLE -> "double";
      case TIMESTAMP -> Map.of("type", "long", "logicalType", "timestamp-millis");
      default -> "string";
    };
  }
}
