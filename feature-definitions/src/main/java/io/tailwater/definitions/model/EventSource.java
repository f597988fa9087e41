// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream of events.
 *
 * @param name unique in the project
 * @param avroSchema the Avro schema, a record, as JSON text
 * @param fields the schema's fields in order, as {@link io.tailwater.aggregation.ValueType}s
 * @param eventTime where the event's time stands
 * @param eventId names of the fields that together identify an event, {@link #POSITION} among them
 *     or alone where events have no id of their own; not empty
 * @param columns computed values, each over the {@linkplain #timedRow() fields with the event's
 *     time}
 * @param watermark how event time makes progress
 * @param kafka the topic; null for a source that only files feed
 * @param archive whether the accepted events are kept in a table of their own, so that later
 *     features can be computed of them
 */
public record EventSource(
    String name,
    String avroSchema,
    List<Field> fields,
    EventTime eventTime,
    List<String> eventId,
    List<Column> columns,
    WatermarkPolicy watermark,
    @Nullable KafkaTopic kafka,
    boolean archive)
    implements Serializable {
  /** In {@code eventId}: where the event stands, which is the same whenever it is read again. */
  public static final String POSITION = "_position";

  /**
   * In expressions: the event's time, whatever the field is called that holds it, and even if the
   * schema has another field of this name.
   */
  public static final String EVENT_TIME = "event_time";

  private static final Field TIME = new Field(EVENT_TIME, ValueType.TIMESTAMP, false);

  public EventSource {
    requireNonNull(name, "name is null");
    requireNonNull(avroSchema, "avroSchema is null");
    fields = List.copyOf(fields);
    requireNonNull(eventTime, "eventTime is null");
    eventId = List.copyOf(eventId);
    columns = List.copyOf(columns);
    requireNonNull(watermark, "watermark is null");
  }

  /** A source without an archive. */
  public EventSource(
      String name,
      String avroSchema,
      List<Field> fields,
      EventTime eventTime,
      List<String> eventId,
      List<Column> columns,
      WatermarkPolicy watermark,
      @Nullable KafkaTopic kafka) {
    this(name, avroSchema, fields, eventTime, eventId, columns, watermark, kafka, false);
  }

  /**
   * The row that the source's columns see: the fields with {@link #EVENT_TIME}, a TIMESTAMP, in the
   * place of the field of that name, or behind the fields if there is none.
   */
  public List<Field> timedRow() {
    return timedRow(fields);
  }

  /** The same of a schema's fields. */
  public static List<Field> timedRow(List<Field> fields) {
    List<Field> row = new ArrayList<>(fields);
    int place = eventTimeIndex(fields);
    if (place == row.size()) {
      row.add(TIME);
    } else {
      row.set(place, TIME);
    }
    return List.copyOf(row);
  }

  /** Where the event's time stands in {@link #timedRow()}. */
  public int eventTimeIndex() {
    return eventTimeIndex(fields);
  }

  private static int eventTimeIndex(List<Field> fields) {
    int own = fields.stream().map(Field::name).toList().indexOf(EVENT_TIME);
    return own < 0 ? fields.size() : own;
  }

  /**
   * The row that expressions of views see: the {@linkplain #timedRow() fields with the event's
   * time}, then the columns. An event decodes to the fields alone, in their order.
   */
  public List<Field> row() {
    List<Field> row = new ArrayList<>(timedRow());
    for (Column column : columns) {
      row.add(new Field(column.name(), column.expression().type(), true));
    }
    return List.copyOf(row);
  }
}
