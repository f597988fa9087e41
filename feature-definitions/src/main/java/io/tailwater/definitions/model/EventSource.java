// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

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
 * @param columns computed values, each over the fields
 * @param watermark how event time makes progress
 * @param kafka the topic; null for a source that only files feed
 */
public record EventSource(
    String name,
    String avroSchema,
    List<Field> fields,
    EventTime eventTime,
    List<String> eventId,
    List<Column> columns,
    WatermarkPolicy watermark,
    @Nullable KafkaTopic kafka)
    implements Serializable {
  /** In {@code eventId}: where the event stands, which is the same whenever it is read again. */
  public static final String POSITION = "_position";

  public EventSource {
    requireNonNull(name, "name is null");
    requireNonNull(avroSchema, "avroSchema is null");
    fields = List.copyOf(fields);
    requireNonNull(eventTime, "eventTime is null");
    eventId = List.copyOf(eventId);
    columns = List.copyOf(columns);
    requireNonNull(watermark, "watermark is null");
  }

  /**
   * The row that expressions of views see: the fields, then the columns. An event decodes to the
   * fields alone, in this order.
   */
  public List<Field> row() {
    List<Field> row = new ArrayList<>(fields);
    for (Column column : columns) {
      row.add(new Field(column.name(), column.expression().type(), true));
    }
    return List.copyOf(row);
  }
}
