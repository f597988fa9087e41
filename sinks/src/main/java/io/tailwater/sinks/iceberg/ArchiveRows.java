// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Field;
import io.tailwater.stores.offline.ArchiveSchema;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.iceberg.Schema;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * A source's events as rows of its archive, in Flink's internal form and in the order of the
 * table's columns. Thread-safe.
 */
public final class ArchiveRows implements RowFormat<RowData> {
  private static final long serialVersionUID = 1L;

  private final List<ValueType> types;
  private final Schema schema;
  private final int[] columns;
  private final int eventTime;
  private final int topic;
  private final int partition;
  private final int offset;

  private ArchiveRows(EventSource source, Schema schema) {
    List<String> names = schema.columns().stream().map(Types.NestedField::name).toList();
    this.types = source.fields().stream().map(Field::type).toList();
    this.schema = schema;
    this.columns = source.fields().stream().mapToInt(f -> names.indexOf(f.name())).toArray();
    this.eventTime = names.indexOf(ArchiveSchema.EVENT_TIME);
    this.topic = names.indexOf(ArchiveSchema.TOPIC);
    this.partition = names.indexOf(ArchiveSchema.PARTITION);
    this.offset = names.indexOf(ArchiveSchema.OFFSET);
  }

  /**
   * The rows of a table.
   *
   * @param schema the table's, or a part of it with the archive's own columns
   */
  static ArchiveRows of(EventSource source, Schema schema) {
    return new ArchiveRows(source, schema);
  }

  /** Flink's type of the rows. */
  public TypeInformation<RowData> type() {
    return InternalTypeInfo.of(FlinkSchemaUtil.convert(schema));
  }

  /** An event's row. */
  public RowData row(ArchivedEvent event) {
    GenericRowData row = new GenericRowData(schema.columns().size());
    for (int i = 0; i < columns.length; i++) {
      row.setField(columns[i], RowDataConverter.internal(types.get(i), event.row()[i]));
    }
    row.setField(eventTime, TimestampData.fromEpochMillis(event.eventTime()));
    row.setField(topic, StringData.fromString(event.topic()));
    row.setField(partition, event.partition());
    row.setField(offset, event.offset());
    return row;
  }

  /** A row's event. */
  public ArchivedEvent event(RowData row) {
    @Nullable Object[] values = new @Nullable Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      values[i] = columns[i] < 0 ? null : InternalValues.read(row, columns[i], types.get(i));
    }
    return new ArchivedEvent(
        values,
        eventTimestamp(row),
        row.getString(topic).toString(),
        row.getInt(partition),
        row.getLong(offset));
  }

  @Override
  public RowData convert(RowData row) {
    return row;
  }

  @Override
  public long eventTimestamp(RowData row) {
    return row.getTimestamp(eventTime, InternalValues.TIMESTAMP_PRECISION).getMillisecond();
  }
}
