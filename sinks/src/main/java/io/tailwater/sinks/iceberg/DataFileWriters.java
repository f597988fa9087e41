// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.util.Set;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.sink.RowDataTaskWriterFactory;
import org.apache.iceberg.util.PropertyUtil;

/** Iceberg's writers of an offline table's data files. */
public final class DataFileWriters {
  private DataFileWriters() {}

  /**
   * A factory of writers that write each row into a file of its day.
   *
   * @param task the number of the task that writes, for the names of its files
   * @param attempt which attempt of the task
   */
  public static RowDataTaskWriterFactory of(Table table, int task, int attempt) {
    RowDataTaskWriterFactory files =
        new RowDataTaskWriterFactory(
            table,
            FlinkSchemaUtil.convert(table.schema()),
            PropertyUtil.propertyAsLong(
                table.properties(),
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT),
            FileFormat.PARQUET,
            table.properties(),
            Set.of(),
            false);
    files.initialize(task, attempt);
    return files;
  }
}
