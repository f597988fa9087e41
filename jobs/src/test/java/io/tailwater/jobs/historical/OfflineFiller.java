// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.sinks.iceberg.IcebergTypes;
import io.tailwater.sinks.iceberg.OfflineTables;
import io.tailwater.stores.OfflineRow;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.io.DataWriter;

/** Fills offline tables with given rows. */
final class OfflineFiller implements Closeable {
  private final Project project;
  private final Catalog catalog;
  private int files;

  OfflineFiller(Project project, CatalogLoader loader) {
    this.project = project;
    this.catalog = loader.loadCatalog();
  }

  Table table(String view) {
    return OfflineTables.createOrEvolve(catalog, project.name(), view(view));
  }

  /** Appends rows in one commit; of each day a file. */
  void append(String view, OfflineRow... rows) throws IOException {
    append(view, List.of(rows));
  }

  void append(String view, List<OfflineRow> rows) throws IOException {
    Table table = table(view);
    Map<Long, List<OfflineRow>> days =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> Math.floorDiv(row.eventTimestamp(), 86_400_000L),
                    TreeMap::new,
                    Collectors.toList()));
    AppendFiles append = table.newAppend();
    for (List<OfflineRow> day : days.values()) {
      append.appendFile(write(view(view), table, day));
    }
    append.commit();
  }

  private DataFile write(StoredView view, Table table, List<OfflineRow> rows) throws IOException {
    PartitionKey partition = new PartitionKey(table.spec(), table.schema());
    partition.partition(
        new InternalRecordWrapper(table.schema().asStruct())
            .wrap(record(view, table, rows.get(0))));
    String path =
        table.location()
            + "/data/filled-"
            + System.identityHashCode(this)
            + "-"
            + files++
            + ".parquet";
    DataWriter<Record> writer =
        new GenericAppenderFactory(table.schema(), table.spec())
            .newDataWriter(
                EncryptedFiles.plainAsEncryptedOutput(table.io().newOutputFile(path)),
                FileFormat.PARQUET,
                partition);
    try (writer) {
      for (OfflineRow row : rows) {
        writer.write(record(view, table, row));
      }
    }
    return writer.toDataFile();
  }

  private static Record record(StoredView view, Table table, OfflineRow row) {
    GenericRecord record = GenericRecord.create(table.schema());
    for (int i = 0; i < row.key().length; i++) {
      ValueType type = view.entity().joinKeys().get(i).type();
      record.setField(
          view.entity().joinKeys().get(i).name(), IcebergTypes.generic(type, row.key()[i]));
    }
    record.setField("event_timestamp", IcebergTypes.instant(row.eventTimestamp()));
    record.setField("created_timestamp", IcebergTypes.instant(row.createdTimestamp()));
    List<Feature> features = view.storedFeatures();
    for (int i = 0; i < features.size(); i++) {
      record.setField(
          features.get(i).name(), IcebergTypes.generic(features.get(i).type(), row.values()[i]));
    }
    return record;
  }

  private StoredView view(String name) {
    return project.storedView(name).orElseThrow();
  }

  @Override
  public void close() throws IOException {
    if (catalog instanceof Closeable closeable) {
      closeable.close();
    }
  }
}
