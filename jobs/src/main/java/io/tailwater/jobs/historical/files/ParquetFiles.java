// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.files;

import java.io.IOException;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.shaded.org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.iceberg.shaded.org.apache.parquet.schema.MessageType;

/** Parquet files as they come, whatever wrote them, through Iceberg's readers. */
public final class ParquetFiles {
  private ParquetFiles() {}

  /**
   * The columns of a file, of the types that Iceberg has for Parquet's.
   *
   * @throws IllegalArgumentException if Iceberg has none
   */
  public static Schema schema(String path) throws IOException {
    MessageType message;
    try (ParquetFileReader reader = ParquetFileReader.open(new ParquetInput(path))) {
      message = reader.getFileMetaData().getSchema();
    }
    try {
      return ParquetSchemaUtil.convert(message);
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: cannot read its Parquet types: %s".formatted(path, e.getMessage()), e);
    }
  }

  /**
   * The rows of a file.
   *
   * @param projection the columns to read, of {@code schema}
   * @param schema all columns of the file
   */
  public static CloseableIterable<Record> records(
      InputFile file, Schema projection, Schema schema) {
    return Parquet.read(file)
        .project(projection)
        .withNameMapping(MappingUtil.create(schema))
        .createReaderFunc(message -> GenericParquetReaders.buildReader(projection, message))
        .build();
  }
}
