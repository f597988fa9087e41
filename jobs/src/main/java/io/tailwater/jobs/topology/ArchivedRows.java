// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static java.util.Objects.requireNonNull;

import io.tailwater.jobs.source.KafkaPosition;
import io.tailwater.jobs.source.SourceEvent;
import io.tailwater.sinks.iceberg.ArchiveRows;
import io.tailwater.sinks.iceberg.ArchivedEvent;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.Collector;

/**
 * The rows of the events that decode. Whether one is of the future, too late or a duplicate is a
 * matter of when and how it is read, and decided anew whenever it is: so all of them are archived.
 * What comes from history is not: it has been, or stands in files.
 */
final class ArchivedRows implements FlatMapFunction<SourceEvent, RowData> {
  private static final long serialVersionUID = 1L;

  private final ArchiveRows rows;

  ArchivedRows(ArchiveRows rows) {
    this.rows = rows;
  }

  @Override
  public void flatMap(SourceEvent event, Collector<RowData> out) {
    if (event.row() == null || event.history()) {
      return;
    }
    KafkaPosition position = KafkaPosition.of(event.position());
    out.collect(
        rows.row(
            new ArchivedEvent(
                requireNonNull(event.row()),
                event.eventTime(),
                position.topic(),
                position.partition(),
                position.offset())));
  }
}
