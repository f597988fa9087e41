// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Field;
import io.tailwater.sinks.iceberg.ArchiveRows;
import io.tailwater.sinks.iceberg.ArchivedEvent;
import io.tailwater.stores.DeadLetter;
import java.util.List;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.table.data.RowData;
import org.jspecify.annotations.Nullable;

/**
 * Makes of the rows of an archive the events that they were, at their positions in Kafka. What has
 * become of their bytes nobody knows.
 */
final class ArchiveDecoder extends AbstractStreamOperator<SourceEvent>
    implements OneInputStreamOperator<RowData, SourceEvent> {
  private static final long serialVersionUID = 1L;

  private final EventSource source;
  private final ArchiveRows rows;
  private transient @Nullable RowEvents events;

  ArchiveDecoder(EventSource source, ArchiveRows rows) {
    this.source = source;
    this.rows = rows;
  }

  @Override
  public void open() throws Exception {
    super.open();
    events = new RowEvents(source);
  }

  @Override
  public void processElement(StreamRecord<RowData> element) {
    SourceEvent event =
        event(source, requireNonNull(events, "not open"), rows.event(element.getValue()));
    output.collect(
        event.row() == null
            ? new StreamRecord<>(event)
            : new StreamRecord<>(event, event.eventTime()));
  }

  /** The event that was archived. */
  static SourceEvent event(EventSource source, RowEvents events, ArchivedEvent archived) {
    String position = KafkaPosition.text(archived.topic(), archived.partition(), archived.offset());
    return events.event(position, null, null, () -> checked(source, archived.row()));
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    // An archive is never idle: while it is read no time passes, and then it has ended.
  }

  /** The schema may have become stricter since. */
  private static @Nullable Object[] checked(EventSource source, @Nullable Object[] row)
      throws RejectedException {
    List<Field> fields = source.fields();
    for (int i = 0; i < row.length; i++) {
      if (row[i] == null && !fields.get(i).nullable()) {
        throw new RejectedException(
                DeadLetter.Code.SCHEMA_VIOLATION,
                "found null, expected a required " + fields.get(i).type())
            .in(fields.get(i).name());
      }
    }
    return row;
  }
}
