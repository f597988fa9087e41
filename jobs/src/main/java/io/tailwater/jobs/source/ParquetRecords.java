// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.parquet.ParquetValueReader;
import org.apache.iceberg.shaded.org.apache.parquet.column.page.PageReadStore;
import org.apache.iceberg.shaded.org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.iceberg.shaded.org.apache.parquet.schema.MessageType;
import org.apache.iceberg.shaded.org.apache.parquet.schema.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a Parquet file, columns by name, with Iceberg's readers of values. Only the source's
 * columns are read, a row group at a time. Not thread-safe.
 */
final class ParquetRecords implements EventRecords {
  private final ParquetFileReader groups;
  private final ParquetValueReader<Record> records;
  private final IcebergRow rows;
  private long place;
  private long leftInGroup;
  private @Nullable Record record;

  private ParquetRecords(
      ParquetFileReader groups, ParquetValueReader<Record> records, IcebergRow rows) {
    this.groups = groups;
    this.records = records;
    this.rows = rows;
  }

  /**
   * Opens a file.
   *
   * @throws IllegalArgumentException naming the columns that are missing or of another type
   */
  static ParquetRecords open(EventSource source, FSDataInputStream file, long length)
      throws IOException {
    ParquetFileReader groups;
    try {
      groups = ParquetFileReader.open(new ParquetFileInput(file, length));
    } catch (RuntimeException e) {
      throw new IOException("not a Parquet file: " + e.getMessage(), e);
    }
    MessageType found = groups.getFileMetaData().getSchema();
    MessageType wanted = columnsOf(source, found);
    Schema schema = withOwnIds(ParquetSchemaUtil.convert(wanted));
    IcebergRow rows =
        IcebergRow.of(source, schema, found.getFields().stream().map(Type::getName).toList());
    groups.setRequestedSchema(wanted);
    ParquetValueReader<Record> records =
        GenericParquetReaders.buildReader(
            schema, ParquetSchemaUtil.applyNameMapping(wanted, MappingUtil.create(schema)));
    return new ParquetRecords(groups, records, rows);
  }

  @Override
  public boolean next() throws IOException {
    try {
      while (leftInGroup == 0) {
        PageReadStore group = groups.readNextRowGroup();
        if (group == null) {
          return false;
        }
        leftInGroup = group.getRowCount();
        records.setPageSource(group);
      }
      record = records.read(null);
    } catch (RuntimeException e) {
      throw new IOException("damaged behind row %d: %s".formatted(place, e), e);
    }
    leftInGroup--;
    place++;
    return true;
  }

  @Override
  public long place() {
    return place;
  }

  @Override
  @SuppressWarnings("NullAway") // there is a record, or the caller is wrong
  public @Nullable Object[] row() throws RejectedException {
    return rows.values(record);
  }

  @Override
  public byte @Nullable [] bytes() {
    return null;
  }

  @Override
  public void close() throws IOException {
    groups.close();
  }

  private static MessageType columnsOf(EventSource source, MessageType found) {
    List<Type> columns = new ArrayList<>();
    for (Field field : source.fields()) {
      if (found.containsField(field.name())) {
        columns.add(found.getType(field.name()));
      }
    }
    return new MessageType(found.getName(), columns);
  }

  /** A writer's ids need not be there, nor be of one piece. */
  private static Schema withOwnIds(Schema schema) {
    int[] last = {0};
    List<Types.NestedField> columns = TypeUtil.assignFreshIds(schema, () -> ++last[0]).columns();
    return new Schema(columns);
  }
}
