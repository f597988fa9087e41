// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.labels;

import io.tailwater.definitions.model.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericDeleteFilter;
import org.apache.iceberg.data.IdentityPartitionConverters;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.flink.TableLoader;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.util.PartitionUtil;
import org.jspecify.annotations.Nullable;

/**
 * Labels in an Iceberg table, as of one snapshot. Their order is that of the snapshot's files, by
 * age and name, and within a file that of its rows.
 *
 * @param loader finds the table
 * @param table its name
 * @param snapshot Iceberg's id of the snapshot; null for a table without one, which is empty
 * @param schema all columns
 */
record IcebergLabels(CatalogLoader loader, String table, @Nullable Long snapshot, Schema schema)
    implements Labels {

  /**
   * The current snapshot of a table.
   *
   * @throws org.apache.iceberg.exceptions.NoSuchTableException if there is none
   */
  static IcebergLabels of(CatalogLoader loader, String table) throws IOException {
    try (TableLoader tables = tableLoader(loader, table)) {
      tables.open();
      Table loaded = tables.loadTable();
      Snapshot current = loaded.currentSnapshot();
      return new IcebergLabels(
          loader, table, current == null ? null : current.snapshotId(), loaded.schema());
    }
  }

  private static TableLoader tableLoader(CatalogLoader loader, String table) {
    return TableLoader.fromCatalog(loader, TableIdentifier.parse(table));
  }

  @Override
  public String name() {
    return "table " + table;
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
  public LabelCursor open(List<Field> needed, boolean all) throws IOException {
    Schema projection = new RecordColumns(schema).projection(needed, all);
    TableLoader tables = tableLoader(loader, table);
    tables.open();
    Table loaded = tables.loadTable();
    List<CloseableIterable<Record>> files = new ArrayList<>();
    for (FileScanTask task : tasks(loaded)) {
      files.add(records(loaded, task, projection));
    }
    CloseableIterable<Record> records = CloseableIterable.concat(files);
    return new RecordCursor(
        CloseableIterable.combine(
            records,
            () -> {
              records.close();
              tables.close();
            }),
        projection,
        needed);
  }

  private List<FileScanTask> tasks(Table loaded) throws IOException {
    List<FileScanTask> tasks = new ArrayList<>();
    if (snapshot == null) {
      return tasks;
    }
    try (CloseableIterable<FileScanTask> planned =
        loaded.newScan().useSnapshot(snapshot).planFiles()) {
      planned.forEach(tasks::add);
    }
    tasks.sort(
        Comparator.comparing((FileScanTask task) -> task.file().dataSequenceNumber())
            .thenComparing(task -> task.file().location())
            .thenComparing(FileScanTask::start));
    return tasks;
  }

  private static CloseableIterable<Record> records(
      Table loaded, FileScanTask task, Schema projection) {
    if (task.file().format() != FileFormat.PARQUET) {
      throw new IllegalArgumentException(
          "%s: found a file of format %s, expected Parquet"
              .formatted(loaded.name(), task.file().format()));
    }
    GenericDeleteFilter deletes =
        new GenericDeleteFilter(loaded.io(), task, loaded.schema(), projection);
    Schema required = deletes.requiredSchema();
    return deletes.filter(
        Parquet.read(loaded.io().newInputFile(task.file()))
            .split(task.start(), task.length())
            .project(required)
            .withNameMapping(nameMapping(loaded))
            .createReaderFunc(
                message ->
                    GenericParquetReaders.buildReader(
                        required,
                        message,
                        PartitionUtil.constantsMap(
                            task, IdentityPartitionConverters::convertConstant)))
            .build());
  }

  private static NameMapping nameMapping(Table loaded) {
    String json = loaded.properties().get(TableProperties.DEFAULT_NAME_MAPPING);
    return json == null ? MappingUtil.create(loaded.schema()) : NameMappingParser.fromJson(json);
  }
}
