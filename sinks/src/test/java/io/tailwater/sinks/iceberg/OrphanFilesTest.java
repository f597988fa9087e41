// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.sinks.TestViews;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.GenericStatisticsFile;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real table, whose data files have no content, since nobody reads them. */
class OrphanFilesTest {
  private static final FeatureView VIEW =
      TestViews.view("profile", List.of(ValueType.INT64), List.of(ValueType.INT64));
  private static final Instant NOW = Instant.now();
  private static final Instant OLD = NOW.minus(Duration.ofDays(10));
  private static final long THREE_DAYS_AGO = NOW.minus(Duration.ofDays(3)).toEpochMilli();

  @TempDir Path warehouse;
  private OpenCatalog catalog;
  private Table table;
  private Path folder;

  @BeforeEach
  void createTable() {
    catalog = OpenCatalog.of(IcebergCatalogs.loader(warehouse.toString(), Map.of()));
    table = OfflineTables.createOrEvolve(catalog.catalog(), "crm", VIEW);
    folder = Path.of(OrphanFiles.path(table.location()));
  }

  @AfterEach
  void closeCatalog() throws IOException {
    catalog.close();
  }

  @Test
  void filesThatNoSnapshotRefersToGoOnceTheyAreOldAndAllOthersStay() throws IOException {
    String tagged = "data/tagged.parquet";
    table.newAppend().appendFile(data(tagged)).commit();
    table.manageSnapshots().createTag("churn", table.currentSnapshot().snapshotId()).commit();
    DataFile live = data("data/event_timestamp_day=2026-03-01/live.parquet");
    table.newOverwrite().deleteFile(data(tagged)).addFile(live).commit();
    table.newRowDelta().addDeletes(deletes("data/deletes.parquet")).commit();
    DataFile expired = data("data/expired.parquet");
    table.newAppend().appendFile(expired).commit();
    long before = table.currentSnapshot().snapshotId();
    table.newDelete().deleteFile(expired).commit();
    statistics("metadata/live.stats");
    table.expireSnapshots().expireSnapshotId(before).cleanExpiredFiles(false).commit();
    create("notes.txt");
    create("other/data/of-somebody-else.parquet");
    Set<String> referred = files();
    makeOld();
    create("data/young.parquet");
    old("data/event_timestamp_day=2026-03-01/killed.parquet");
    old("metadata/killed-m0.avro");

    OrphanFiles orphans = OrphanFiles.find(table, THREE_DAYS_AGO);
    orphans.delete();

    Set<String> gone = new TreeSet<>(referred);
    gone.removeAll(files());
    assertThat(gone)
        .as("the file and the metadata of the snapshot that expired")
        .hasSize(3)
        .contains("data/expired.parquet")
        .allMatch(file -> file.equals("data/expired.parquet") || file.endsWith(".avro"));
    assertThat(files())
        .contains("data/young.parquet", tagged, "data/deletes.parquet", "metadata/live.stats")
        .doesNotContain(
            "data/event_timestamp_day=2026-03-01/killed.parquet", "metadata/killed-m0.avro");
    assertThat(orphans.sizes()).hasSize(5).containsValue(4L);
    assertThat(OrphanFiles.find(table, THREE_DAYS_AGO).sizes()).isEmpty();
  }

  @Test
  void aTableThatNeverHadRowsKeepsItsMetadata() throws IOException {
    makeOld();
    old("data/killed.parquet");

    OrphanFiles.find(table, THREE_DAYS_AGO).delete();

    assertThat(files()).hasSize(1).allMatch(file -> file.endsWith(".metadata.json"));
    assertThat(OfflineTables.createOrEvolve(catalog.catalog(), "crm", VIEW).currentSnapshot())
        .isNull();
  }

  @Test
  void whatIsCommittedAfterTheListingStays() throws IOException {
    old("data/slow.parquet");
    Table other = OfflineTables.createOrEvolve(catalog.catalog(), "crm", VIEW);
    other.newAppend().appendFile(data("data/slow.parquet")).commit();
    assertThat(table.currentSnapshot()).as("not refreshed yet").isNull();
    makeOld();

    assertThat(OrphanFiles.find(table, THREE_DAYS_AGO).sizes()).isEmpty();
  }

  @Test
  void aLocationWithoutASchemeIsThatOfTheSameFile() throws IOException {
    create("data/plain.parquet");
    table
        .newAppend()
        .appendFile(
            DataFiles.builder(table.spec())
                .copy(data("data/plain.parquet"))
                .withPath(folder.resolve("data/plain.parquet").toString())
                .build())
        .commit();
    makeOld();

    assertThat(OrphanFiles.find(table, THREE_DAYS_AGO).sizes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "file:/w/t/a,/w/t/a",
    "file:///w/t/a,/w/t/a",
    "/w/t//a,/w/t/a",
    "file:///w/a%20b:c,/w/a%20b:c",
    "s3a://bucket/w/a,/w/a",
    "s3://bucket//w/a,/w/a",
    "hdfs://host:8020/w/a,/w/a"
  })
  void locationsAreComparedByTheirPaths(String location, String path) {
    assertThat(OrphanFiles.path(location)).isEqualTo(path);
  }

  private DataFile data(String name) throws IOException {
    create(name);
    return DataFiles.builder(table.spec())
        .withPath(table.location() + "/" + name)
        .withPartitionPath(partition())
        .withFileSizeInBytes(4)
        .withRecordCount(1)
        .build();
  }

  private DeleteFile deletes(String name) throws IOException {
    create(name);
    return FileMetadata.deleteFileBuilder(table.spec())
        .ofPositionDeletes()
        .withPath(table.location() + "/" + name)
        .withPartitionPath(partition())
        .withFileSizeInBytes(4)
        .withRecordCount(1)
        .build();
  }

  private void statistics(String name) throws IOException {
    create(name);
    table
        .updateStatistics()
        .setStatistics(
            new GenericStatisticsFile(
                table.currentSnapshot().snapshotId(),
                table.location() + "/" + name,
                4,
                4,
                List.of()))
        .commit();
  }

  private String partition() {
    return table.spec().fields().get(0).name() + "=2026-03-01";
  }

  private void create(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "test");
  }

  private void old(String name) throws IOException {
    create(name);
    Files.setLastModifiedTime(folder.resolve(name), FileTime.from(OLD));
  }

  private void makeOld() throws IOException {
    for (String file : files()) {
      Files.setLastModifiedTime(folder.resolve(file), FileTime.from(OLD));
    }
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
