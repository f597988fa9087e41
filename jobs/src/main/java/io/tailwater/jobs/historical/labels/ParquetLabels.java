// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.labels;

import io.tailwater.definitions.model.Field;
import io.tailwater.jobs.historical.files.FlinkFiles;
import io.tailwater.jobs.historical.files.ParquetFiles;
import java.io.IOException;
import java.util.List;
import org.apache.iceberg.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Labels in a Parquet file.
 *
 * @param path where the file is
 * @param schema all columns, by Iceberg's reading of Parquet's types
 */
record ParquetLabels(String path, Schema schema) implements Labels {

  /**
   * Reads the schema of a file.
   *
   * @throws IllegalArgumentException if it has a type that cannot be read
   */
  static ParquetLabels of(String path) throws IOException {
    return new ParquetLabels(path, ParquetFiles.schema(path));
  }

  @Override
  public String name() {
    return path;
  }

  @Override
  public List<String> columns() {
    return new RecordColumns(schema).names();
  }

  @Override
  public Schema schema(List<Field> needed) {
    return schema;
  }

  @Override
  public byte @Nullable [] csvHeader() {
    return null;
  }

  @Override
  public List<String> problems(List<Field> needed) {
    return new RecordColumns(schema).problems(needed);
  }

  @Override
  public LabelCursor open(List<Field> needed, boolean all) {
    Schema projection = new RecordColumns(schema).projection(needed, all);
    return new RecordCursor(
        ParquetFiles.records(FlinkFiles.input(path), projection, schema), projection, needed);
  }
}
