// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static io.tailwater.sinks.TestViews.feature;
import static io.tailwater.sinks.TestViews.renamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.sinks.TestJobs;
import io.tailwater.sinks.TestRows;
import io.tailwater.sinks.TestViews;
import io.tailwater.sinks.iceberg.replace.OfflineReplacement;
import io.tailwater.sinks.types.OfflineRowTypeInfo;
import io.tailwater.sinks.types.RandomValues;
import io.tailwater.stores.OfflineRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A table that jobs of two definitions write, one after the other and beside each other. */
class EvolvedTableITCase {
  private static final String PROJECT = "retail";
  private static final long START = 1_767_225_600_000L; // 2026-01-01
  private static final long HOUR = 3_600_000;
  private static final int ROWS = 60;

  private static final FeatureView OLD =
      TestViews.of(
          "behavior",
          feature("n", ValueType.INT32),
          feature("r", ValueType.FLOAT),
          feature("d", ValueType.decimal(10, 2)),
          feature("gone", ValueType.STRING),
          feature("spend", ValueType.DOUBLE),
          feature("list", ValueType.arrayOf(ValueType.INT32)),
          feature("map", ValueType.mapOf(ValueType.FLOAT)));

  /** One feature is new, one is gone, one is renamed, and most are wider. */
  private static final FeatureView NEW =
      TestViews.of(
          "behavior",
          feature("fresh", ValueType.STRING),
          feature("n", ValueType.INT64),
          feature("r", ValueType.DOUBLE),
          feature("d", ValueType.decimal(38, 2)),
          renamed("total", "spend", ValueType.DOUBLE),
          feature("list", ValueType.arrayOf(ValueType.INT64)),
          feature("map", ValueType.mapOf(ValueType.DOUBLE)));

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(TestJobs.PARALLELISM)
              .build());

  @TempDir Path checkpoints;
  @TempDir Path warehouse;
  CatalogLoader catalog;

  @BeforeEach
  void openCatalog() {
    catalog = IcebergCatalogs.loader(warehouse.toString(), Map.of());
  }

  @Test
  void rowsOfBothDefinitionsAreReadByTheNewOne() throws Exception {
    stream(OLD, 0, ROWS).execute();
    stream(NEW, ROWS, 2 * ROWS).execute();

    List<List<Object>> expected =
        TestRows.contents(
            Stream.concat(
                    numbers(0, ROWS).map(EvolvedTableITCase::oldAsNew),
                    numbers(ROWS, 2 * ROWS).map(number -> row(NEW, number)))
                .toList());
    assertThat(readByJob(NEW)).isEqualTo(expected);
    assertThat(readHere(NEW)).isEqualTo(expected);
  }

  @Test
  void whatIsNotDefinedAnyMoreKeepsItsValues() throws Exception {
    stream(OLD, 0, ROWS).execute();
    stream(NEW, ROWS, 2 * ROWS).execute();

    try (OpenCatalog open = OpenCatalog.of(catalog)) {
      Table table = load(open);
      List<Object> gone = new ArrayList<>();
      numbers(0, ROWS).forEach(number -> gone.add(value(row(OLD, number), OLD, "gone")));
      numbers(ROWS, 2 * ROWS).forEach(number -> gone.add(null));
      assertThat(values(IcebergGenerics.read(table), "gone")).isEqualTo(gone);
    }
  }

  @Test
  void aSnapshotOfBeforeIsReadByItsOwnNames() throws Exception {
    stream(OLD, 0, ROWS).execute();
    long before;
    try (OpenCatalog open = OpenCatalog.of(catalog)) {
      before = load(open).currentSnapshot().snapshotId();
    }
    stream(NEW, ROWS, 2 * ROWS).execute();

    try (OpenCatalog open = OpenCatalog.of(catalog)) {
      assertThat(values(IcebergGenerics.read(load(open)).useSnapshot(before), "spend"))
          .isEqualTo(
              numbers(0, ROWS)
                  .map(number -> value(row(OLD, number), OLD, "spend"))
                  .collect(ArrayList::new, List::add, List::addAll));
    }
  }

  @Test
  void aJobOfTheOldDefinitionThatStillRunsDoesNoHarm() throws Exception {
    StreamExecutionEnvironment running = stream(OLD, 0, ROWS);
    stream(NEW, ROWS, 2 * ROWS).execute();

    running.execute();

    assertThat(readHere(NEW))
        .isEqualTo(
            TestRows.contents(
                Stream.concat(
                        numbers(0, ROWS).map(EvolvedTableITCase::oldAsNew),
                        numbers(ROWS, 2 * ROWS).map(number -> row(NEW, number)))
                    .toList()));
  }

  @Test
  void aBackfillKeepsWhatFilesOfTheOldDefinitionHaveOutOfItsRange() throws Exception {
    stream(OLD, 0, ROWS).execute();
    long first = 10;
    long last = 40;
    StreamExecutionEnvironment batch = TestJobs.environment(checkpoints);
    batch.configure(
        new Configuration().set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH));
    batch.setParallelism(1);
    OfflineReplacement.begin(catalog, PROJECT, NEW, 0)
        .attach(
            TestJobs.rows(
                batch,
                OfflineRowTypeInfo.of(NEW),
                last - first + 1,
                ROWS,
                number -> row(NEW, first + number)),
            START + first * HOUR,
            START + last * HOUR,
            Map.of(),
            "offline");

    batch.execute();

    List<OfflineRow> expected = new ArrayList<>();
    numbers(0, ROWS)
        .forEach(
            number ->
                expected.add(
                    number < first || number > last ? oldAsNew(number) : row(NEW, number)));
    assertThat(withoutCreated(readHere(NEW)))
        .isEqualTo(withoutCreated(TestRows.contents(expected)));
    try (OpenCatalog open = OpenCatalog.of(catalog)) {
      List<Object> gone = new ArrayList<>();
      numbers(0, ROWS)
          .forEach(
              number ->
                  gone.add(
                      number < first || number > last
                          ? value(row(OLD, number), OLD, "gone")
                          : null));
      assertThat(values(IcebergGenerics.read(load(open)), "gone")).isEqualTo(gone);
    }
  }

  @Test
  void aTableThatHasNotBeenChangedYetIsReadByTheNewDefinition() throws Exception {
    FeatureView added =
        TestViews.of(
            "behavior",
            feature("fresh", ValueType.STRING),
            renamed("total", "spend", ValueType.DOUBLE));
    stream(OLD, 0, ROWS).execute();

    assertThat(readHere(added))
        .isEqualTo(
            TestRows.contents(
                numbers(0, ROWS)
                    .map(
                        number -> {
                          OfflineRow row = row(OLD, number);
                          Object[] values = {null, value(row, OLD, "spend")};
                          return new OfflineRow(
                              row.key(), row.eventTimestamp(), row.createdTimestamp(), values);
                        })
                    .toList()));
  }

  private StreamExecutionEnvironment stream(FeatureView view, long from, long to) {
    StreamExecutionEnvironment environment = TestJobs.environment(checkpoints);
    IcebergOfflineSink.of(catalog, PROJECT, view)
        .attach(
            TestJobs.rows(
                environment,
                OfflineRowTypeInfo.of(view),
                to - from,
                25,
                number -> row(view, from + number)),
            "offline");
    return environment;
  }

  private List<List<Object>> readByJob(FeatureView view) throws Exception {
    List<OfflineRow> rows = new ArrayList<>();
    try (OfflineRowSource source = OfflineRowSource.open(catalog, PROJECT, view);
        CloseableIterator<OfflineRow> found =
            source
                .attach(
                    TestJobs.environment(checkpoints),
                    OfflineScan.between(Long.MIN_VALUE, Long.MAX_VALUE / 1000),
                    "rows")
                .executeAndCollect()) {
      found.forEachRemaining(rows::add);
    }
    return inOrder(rows);
  }

  private List<List<Object>> readHere(FeatureView view) throws Exception {
    try (OfflineTableReader reader = OfflineTableReader.open(catalog, PROJECT, view)) {
      return inOrder(new ArrayList<>(reader.rows()));
    }
  }

  private static List<List<Object>> inOrder(List<OfflineRow> rows) {
    rows.sort(Comparator.comparing(OfflineRow::eventTimestamp));
    return TestRows.contents(rows);
  }

  /** A backfill's rows are all made at one instant. */
  private static List<List<Object>> withoutCreated(List<List<Object>> rows) {
    rows.forEach(row -> row.remove(2));
    return rows;
  }

  private static Table load(OpenCatalog open) {
    return open.catalog().loadTable(OfflineTables.identifier(PROJECT, OLD.name()));
  }

  private static List<Object> values(IcebergGenerics.ScanBuilder scan, String column)
      throws Exception {
    Map<Object, Object> values = new TreeMap<>();
    try (CloseableIterable<Record> records = scan.build()) {
      records.forEach(
          record -> values.put(record.getField("event_timestamp"), record.getField(column)));
    }
    return new ArrayList<>(values.values());
  }

  private static Stream<Long> numbers(long from, long to) {
    return LongStream.range(from, to).boxed();
  }

  private static OfflineRow row(FeatureView view, long number) {
    return new OfflineRow(
        new Object[] {number % 3},
        START + number * HOUR,
        START + number,
        new RandomValues(number).row(view.storedFeatures().stream().map(Feature::type).toList()));
  }

  /** What the new definition sees of a row of the old one, said without either's code. */
  private static OfflineRow oldAsNew(long number) {
    OfflineRow row = row(OLD, number);
    Object[] old = row.values();
    return new OfflineRow(
        row.key(),
        row.eventTimestamp(),
        row.createdTimestamp(),
        new Object[] {
          null,
          wider(old[0]),
          wider(old[1]),
          old[2],
          old[4],
          old[5] == null
              ? null
              : ((List<?>) old[5]).stream().map(EvolvedTableITCase::wider).toList(),
          old[6] == null ? null : widerValues((Map<?, ?>) old[6])
        });
  }

  private static Object wider(Object value) {
    Function<Number, Number> to =
        value instanceof Integer ? Number::longValue : Number::doubleValue;
    return value == null ? null : to.apply((Number) value);
  }

  private static Map<Object, Object> widerValues(Map<?, ?> map) {
    Map<Object, Object> wider = new LinkedHashMap<>();
    map.forEach((key, value) -> wider.put(key, wider(value)));
    return wider;
  }

  private static Object value(OfflineRow row, FeatureView view, String feature) {
    List<String> names = view.storedFeatures().stream().map(Feature::name).toList();
    return row.values()[names.indexOf(feature)];
  }
}
