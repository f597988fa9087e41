// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

import io.tailwater.sinks.iceberg.ArchiveReader;
import io.tailwater.sinks.iceberg.ArchiveRows;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.flink.source.IcebergSource;

/**
 * A source's archive as it was at one moment. Bounded, and for batch mode: events come in no order,
 * and without a watermark before the end.
 *
 * @param events reads the archive's rows
 * @param rows what they mean
 */
public record ArchiveLocation(IcebergSource<RowData> events, ArchiveRows rows)
    implements SourceLocation {
  public ArchiveLocation {
    requireNonNull(events, "events is null");
    requireNonNull(rows, "rows is null");
  }

  /**
   * The events of an archive.
   *
   * @param from events before that time, in milliseconds since the epoch, are passed over and count
   *     nowhere; {@link Long#MIN_VALUE} for none
   * @throws IllegalStateException if nothing was archived yet
   */
  public static ArchiveLocation of(ArchiveReader archive, long from) {
    return new ArchiveLocation(archive.source(from), archive.rows());
  }
}
