// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.embedded.Await;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.jobs.source.SourceOptions;
import io.tailwater.jobs.topology.BackfillJob;
import io.tailwater.jobs.topology.BackfillOptions;
import io.tailwater.jobs.topology.PipelineConfiguration;
import io.tailwater.sinks.iceberg.IcebergCatalogs;
import io.tailwater.sinks.iceberg.IcebergOfflineSink;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import io.tailwater.sinks.iceberg.TableCare;
import io.tailwater.sinks.iceberg.TableCareOptions;
import io.tailwater.sinks.iceberg.TableCareReport;
import io.tailwater.sinks.types.OfflineRowTypeInfo;
import io.tailwater.stores.OfflineRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.iceberg.flink.CatalogLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backfills of ranges of a table that has rows, from a file, in Flink's batch mode. */
class BackfillRangeITCase {
  private static final long SEED = 20_261_127;
  private static final long START = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final int DAYS = 12;
  private static final int EVENTS = 1_500;
  private static final int CUSTOMERS = 6;

  /** What no backfill writes. */
  private static final long WRONG = -1;

  private static final long CORRECTED = -2;

  private static EmbeddedFlink flink;

  @TempDir private Path folder;
  private Project project;
  private FeatureView view;
  private Path events;

  @BeforeAll
  static void startFlink() {
    flink = EmbeddedFlink.create(2);
  }

  @AfterAll
  static void stopFlink() {
    flink.close();
  }

  @BeforeEach
  void writeFiles() throws IOException {
    Path definitions = Files.createDirectories(folder.resolve("definitions"));
    Files.writeString(
        definitions.resolve("order.avsc"),
        """
        {"type": "record", "name": "Order", "fields": [
          {"name": "order_id", "type": "string"},
          {"name": "customer_id", "type": "long"},
          {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
        """);
    Files.writeString(
        definitions.resolve("shop.yaml"),
        """
        project: shop
        entities:
          - {name: customer, join_keys: [{name: customer_id, type: INT64}]}
        sources:
          - {name: orders, schema: order.avsc, event_time: at, event_id: [order_id]}
        feature_views:
          - name: activity
            entity: customer
            source: orders
            features:
              - {name: orders_1d, aggregate: count(*), window: 1d}
        """);
    project = ProjectLoader.load(definitions);
    view = project.views().get(0);
    Random random = new Random(SEED);
    List<String> lines = new ArrayList<>(List.of("order_id,customer_id,at"));
    for (int i = 0; i < EVENTS; i++) {
      long at = START + random.nextLong(DAYS * DAY);
      lines.add("%d,%d,%s".formatted(i, random.nextInt(CUSTOMERS), Instant.ofEpochMilli(at)));
    }
    events = Files.write(folder.resolve("orders.csv"), lines);
  }

  @Test
  void twiceIsOnce() throws Exception {
    backfill("twice", BackfillOptions.ALL, SourceOptions.defaults()).execute();
    SortedMap<String, OfflineRow> once = rows("twice");

    backfill("twice", BackfillOptions.ALL, SourceOptions.defaults()).execute();

    assertThat(values(rows("twice"))).hasSizeGreaterThan(EVENTS).isEqualTo(values(once));
  }

  @Test
  void partOfADayInsideATableThatAStreamAppendsTo() throws Exception {
    inside("part-of-a-day", START + 5 * DAY + 7 * HOUR, START + 5 * DAY + 15 * HOUR + 123);
  }

  @Test
  void aWeekInsideATableThatAStreamAppendsTo() throws Exception {
    inside("week", START + 2 * DAY + 5 * HOUR, START + 9 * DAY + 5 * HOUR - 1);
  }

  @Test
  void aWeekInsideATableThatIsCompactedMeanwhile() throws Exception {
    inside(
        "compacted",
        START + 2 * DAY + 5 * HOUR,
        START + 9 * DAY + 5 * HOUR - 1,
        () ->
            Compaction.run(
                flink,
                catalog("compacted"),
                project.name(),
                view.name(),
                TableCareOptions.DEFAULT,
                DAYS));
  }

  /**
   * The table is full of wrong rows. A backfill begins, a stream appends corrections in and out of
   * its range, it ends: then the range is right where it was not corrected, and all else as it was.
   */
  private void inside(String warehouse, long from, long to) throws Exception {
    inside(warehouse, from, to, () -> {});
  }

  private void inside(String warehouse, long from, long to, Meanwhile meanwhile) throws Exception {
    backfill("right", BackfillOptions.ALL, SourceOptions.defaults()).execute();
    SortedMap<String, OfflineRow> right = rows("right");
    append(warehouse, right.values().stream().map(row -> with(row, 1, WRONG)).toList());
    StreamExecutionEnvironment env =
        backfill(
            warehouse, new BackfillOptions(List.of(), from, to, false), SourceOptions.defaults());
    List<OfflineRow> corrections = new ArrayList<>();
    for (OfflineRow row : right.values()) {
      if (row.eventTimestamp() % 7 == 0) {
        corrections.add(with(row, System.currentTimeMillis(), CORRECTED));
      }
    }
    append(warehouse, corrections);
    meanwhile.run();

    env.execute();

    Map<String, List<Object>> expected = new TreeMap<>();
    right.forEach(
        (key, row) -> {
          boolean inRange = from <= row.eventTimestamp() && row.eventTimestamp() <= to;
          expected.put(key, inRange ? Arrays.asList(row.values()) : List.of(WRONG));
        });
    corrections.forEach(row -> expected.put(key(row), List.of(CORRECTED)));
    assertThat(values(rows(warehouse))).isEqualTo(expected);
    assertThat(expected.values().stream().distinct().count()).isGreaterThan(3);
  }

  @Test
  void nothingIsSeenOfABackfillThatFails() throws Exception {
    backfill("fails", BackfillOptions.ALL, SourceOptions.defaults()).execute();
    SortedMap<String, OfflineRow> before = rows("fails");
    StreamExecutionEnvironment failing =
        backfill(
            "fails", BackfillOptions.ALL, SourceOptions.defaults().withClock(new TroubledClock()));
    TroubledClock.failAfter(EVENTS / 2);

    assertThatThrownBy(failing::execute).rootCause().hasMessageContaining("the test asked for");

    SortedMap<String, OfflineRow> after = rows("fails");
    assertThat(values(after)).isEqualTo(values(before));
    after.forEach(
        (key, row) ->
            assertThat(row.createdTimestamp()).isEqualTo(before.get(key).createdTimestamp()));
    backfill("fails", BackfillOptions.ALL, SourceOptions.defaults()).execute();
    assertThat(values(rows("fails"))).isEqualTo(values(before));
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void nothingIsSeenOfABackfillWhoseProcessIsKilled() throws Exception {
    backfill("killed", BackfillOptions.ALL, SourceOptions.defaults()).execute();
    SortedMap<String, OfflineRow> before = rows("killed");
    Path warehouse = folder.resolve("killed");
    assertThat(unreferred("killed")).isEmpty();
    Path halted = folder.resolve("halted");
    Process process =
        BackfillProcess.start(
            folder.resolve("definitions"), "orders", events, warehouse, DAYS / 2, halted);
    try {
      Await.until(
          () -> process.isAlive() ? "the backfill does not halt" : "the backfill has ended",
          () -> Files.exists(halted));
    } finally {
      process.destroyForcibly().waitFor();
    }

    List<Path> left = unreferred("killed");
    assertThat(rows("killed")).usingRecursiveComparison().isEqualTo(before);
    assertThat(left).as("files of the killed one").hasSizeGreaterThan(3);
    assertThat(care("killed").orphansDeleted()).as("they are young").isZero();
    for (Path file : left) {
      Files.setLastModifiedTime(
          file, FileTime.from(Instant.now().minus(TableCareOptions.DEFAULT.snapshotAge())));
    }
    assertThat(care("killed").orphansDeleted()).isEqualTo(left.size());
    assertThat(unreferred("killed")).isEmpty();
    assertThat(rows("killed")).usingRecursiveComparison().isEqualTo(before);
    backfill("killed", BackfillOptions.ALL, SourceOptions.defaults()).execute();
    assertThat(values(rows("killed"))).isEqualTo(values(before));
  }

  /** What else happens to the table between a backfill's begin and its end. */
  @FunctionalInterface
  private interface Meanwhile {
    void run() throws Exception;
  }

  private StreamExecutionEnvironment backfill(
      String warehouse, BackfillOptions options, SourceOptions sources) throws IOException {
    StreamExecutionEnvironment env = flink.environment(PipelineConfiguration.pipelinedBatch());
    env.setParallelism(2);
    Settings settings =
        Settings.DEFAULT
            .withWarehouse(folder.resolve(warehouse).toString())
            .withDeadLetters(folder.resolve("dead-letters").toString());
    new BackfillJob(project, settings, Map.of("orders", events), options, sources).define(env);
    return env;
  }

  /** The data files below a warehouse that its table does not refer to. */
  private List<Path> unreferred(String warehouse) throws IOException {
    Set<String> live;
    try (OfflineTableReader table =
        OfflineTableReader.open(catalog(warehouse), project.name(), view)) {
      live = new HashSet<>(table.snapshot().dataFiles());
    }
    try (Stream<Path> files = Files.walk(folder.resolve(warehouse))) {
      return files
          .filter(file -> file.toString().endsWith(".parquet") && !live.contains(file.toString()))
          .toList();
    }
  }

  /** With nothing to compact and no snapshot to expire. */
  private TableCareReport care(String warehouse) throws Exception {
    return new TableCare(
            catalog(warehouse),
            () -> flink.environment(TableCare.configuration()),
            TableCareOptions.DEFAULT,
            Clock.systemUTC())
        .care(project.name(), view.name());
  }

  /** Appends with the stream's own sink. */
  private void append(String warehouse, List<OfflineRow> rows) throws Exception {
    StreamExecutionEnvironment env = flink.environment(PipelineConfiguration.pipelinedBatch());
    env.setParallelism(1);
    IcebergOfflineSink.of(catalog(warehouse), project.name(), view)
        .attach(
            env.fromData(rows, OfflineRowTypeInfo.of(view)).uid("rows").setParallelism(1),
            "appended");
    env.execute();
  }

  private CatalogLoader catalog(String warehouse) {
    return IcebergCatalogs.loader(folder.resolve(warehouse).toString(), Map.of());
  }

  private static OfflineRow with(OfflineRow row, long created, long count) {
    return new OfflineRow(row.key(), row.eventTimestamp(), created, new Object[] {count});
  }

  private static String key(OfflineRow row) {
    return row.key()[0] + " " + row.eventTimestamp();
  }

  private static Map<String, List<Object>> values(SortedMap<String, OfflineRow> rows) {
    Map<String, List<Object>> values = new TreeMap<>();
    rows.forEach((key, row) -> values.put(key, Arrays.asList(row.values())));
    return values;
  }

  /** Of each key and instant the row that counts; two made at once are an error. */
  private SortedMap<String, OfflineRow> rows(String warehouse) throws IOException {
    SortedMap<String, OfflineRow> rows = new TreeMap<>();
    try (OfflineTableReader table =
        OfflineTableReader.open(catalog(warehouse), project.name(), view)) {
      table.forEach(row -> rows.merge(key(row), row, BackfillRangeITCase::later));
    }
    return rows;
  }

  private static OfflineRow later(OfflineRow one, OfflineRow other) {
    assertThat(one.createdTimestamp()).isNotEqualTo(other.createdTimestamp());
    return one.createdTimestamp() > other.createdTimestamp() ? one : other;
  }
}
