// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.sinks.TestViews;
import io.tailwater.sinks.iceberg.IcebergCatalogs;
import io.tailwater.sinks.iceberg.OfflineTables;
import io.tailwater.sinks.iceberg.OpenCatalog;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;

/** An offline table as other programs handle it, with Iceberg's generic records. */
final class OneTable implements Closeable {
  static final String PROJECT = "retail";
  static final FeatureView VIEW =
      TestViews.view("behavior", List.of(ValueType.INT64), List.of(ValueType.INT64));
  static final long DAY = 86_400_000;
  static final Comparator<Row> ORDER =
      Comparator.comparingLong(Row::number).thenComparingLong(Row::created);

  private static final AtomicInteger NAMES = new AtomicInteger();

  private final CatalogLoader loader;
  private final OpenCatalog catalog;
  private final Table table;

  private OneTable(CatalogLoader loader) {
    this.loader = loader;
    this.catalog = OpenCatalog.of(loader);
    this.table = OfflineTables.createOrEvolve(catalog.catalog(), PROJECT, VIEW);
  }

  static OneTable in(Path warehouse) {
    return new OneTable(IcebergCatalogs.loader(warehouse.toString(), Map.of()));
  }

  CatalogLoader loader() {
    return loader;
  }

  Table table() {
    table.refresh();
    return table;
  }

  Snapshot snapshot() {
    return table().currentSnapshot();
  }

  /** Unique among processes too: some tests have several at one table. */
  private static String uniqueName() {
    return "test-%d-%d".formatted(ProcessHandle.current().pid(), NAMES.incrementAndGet());
  }

  /** A run of the range that begins with the table as it is. */
  ReplaceRun run(long from, long to) {
    Snapshot now = snapshot();
    return new ReplaceRun(
        uniqueName(),
        now == null ? null : now.snapshotId(),
        now == null ? 1 : now.timestampMillis(),
        new InstantRange(from, to),
        Map.of());
  }

  void replace(ReplaceRun run, List<Row> rows) throws IOException {
    replace(run, rows, () -> {});
  }

  /** Replaces as a committer of its own would, with a catalog of its own. */
  void replace(ReplaceRun run, List<Row> rows, Runnable beforeCommit) throws IOException {
    replaceByFiles(run, write(created(rows, run)), beforeCommit);
  }

  void replaceByFiles(ReplaceRun run, List<DataFile> files, Runnable beforeCommit)
      throws IOException {
    try (OneTable own = new OneTable(loader)) {
      new RangeReplacer(own.table, run, beforeCommit).replaceBy(files);
    }
  }

  static List<Row> created(List<Row> rows, ReplaceRun run) {
    return rows.stream().map(row -> row.createdAt(run.createdTimestamp())).toList();
  }

  /** Appends, as a stream does, with each day in a file. */
  void append(List<Row> rows) throws IOException {
    AppendFiles append = table().newAppend();
    write(rows).forEach(append::appendFile);
    append.commit();
  }

  /** Rewrites those files into one a day. */
  void compact(Predicate<DataFile> chosen) throws IOException {
    List<DataFile> old = files().stream().filter(chosen).toList();
    if (old.isEmpty()) {
      return;
    }
    List<Row> rows = new ArrayList<>();
    for (DataFile file : old) {
      rows.addAll(rowsOf(file));
    }
    Set<DataFile> removed = new HashSet<>(old);
    Set<DataFile> added = new HashSet<>(write(rows));
    table
        .newRewrite()
        .validateFromSnapshot(snapshot().snapshotId())
        .rewriteFiles(removed, added)
        .commit();
  }

  List<DataFile> files() throws IOException {
    List<DataFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks =
        table().newScan().includeColumnStats().planFiles()) {
      tasks.forEach(task -> files.add(task.file()));
    }
    files.sort(Comparator.comparing(DataFile::location));
    return files;
  }

  List<DataFile> write(List<Row> rows) throws IOException {
    Map<Long, List<Row>> days = new LinkedHashMap<>();
    rows.forEach(
        row ->
            days.computeIfAbsent(Math.floorDiv(row.instant(), DAY), day -> new ArrayList<>())
                .add(row));
    List<DataFile> files = new ArrayList<>();
    for (List<Row> day : days.values()) {
      files.add(writeDay(day));
    }
    return files;
  }

  private DataFile writeDay(List<Row> rows) throws IOException {
    PartitionKey day = new PartitionKey(table.spec(), table.schema());
    day.partition(new InternalRecordWrapper(table.schema().asStruct()).wrap(record(rows.get(0))));
    String path = table.locationProvider().newDataLocation(uniqueName() + ".parquet");
    DataWriter<Record> writer =
        Parquet.writeData(table.io().newOutputFile(path))
            .schema(table.schema())
            .createWriterFunc(GenericParquetWriter::create)
            .withSpec(table.spec())
            .withPartition(day)
            .build();
    try (writer) {
      rows.forEach(row -> writer.write(record(row)));
    }
    return writer.toDataFile();
  }

  private Record record(Row row) {
    Record record = GenericRecord.create(table.schema());
    record.setField("k0", row.customer());
    record.setField("event_timestamp", instant(row.instant()));
    record.setField("f0", row.number());
    record.setField("created_timestamp", instant(row.created()));
    return record;
  }

  private static OffsetDateTime instant(long millis) {
    return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
  }

  private List<Row> rowsOf(DataFile file) throws IOException {
    try (CloseableIterable<Record> records =
        Parquet.read(table.io().newInputFile(file.location()))
            .project(table.schema())
            .createReaderFunc(type -> GenericParquetReaders.buildReader(table.schema(), type))
            .build()) {
      return rows(records);
    }
  }

  /** All rows of the table, by number. */
  List<Row> rows() throws IOException {
    try (CloseableIterable<Record> records = IcebergGenerics.read(table()).build()) {
      List<Row> rows = rows(records);
      rows.sort(ORDER);
      return rows;
    }
  }

  private static List<Row> rows(Iterable<Record> records) {
    List<Row> rows = new ArrayList<>();
    records.forEach(
        record ->
            rows.add(
                new Row(
                    (Long) record.getField("k0"),
                    millis(record.getField("event_timestamp")),
                    millis(record.getField("created_timestamp")),
                    (Long) record.getField("f0"))));
    return rows;
  }

  private static long millis(Object instant) {
    return ((OffsetDateTime) instant).toInstant().toEpochMilli();
  }

  @Override
  public void close() throws IOException {
    catalog.close();
  }
}
