// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static io.tailwater.sinks.TestViews.feature;
import static io.tailwater.sinks.TestViews.renamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.sinks.TestViews;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfflineTablesTest {
  private static final FeatureView VIEW =
      TestViews.view(
          "behavior",
          List.of(ValueType.INT64),
          List.of(ValueType.decimal(10, 2), ValueType.mapOf(ValueType.DOUBLE)));

  @TempDir Path warehouse;
  OpenCatalog catalog;

  @BeforeEach
  void openCatalog() {
    catalog = OpenCatalog.of(IcebergCatalogs.loader(warehouse.toString(), Map.of()));
  }

  @AfterEach
  void closeCatalog() throws IOException {
    catalog.close();
  }

  @Test
  void aNewTableHasTheViewsColumnsByDay() {
    Table table = create(VIEW);

    assertThat(table.name()).isEqualTo("tailwater.retail.behavior");
    assertThat(table.schema().columns())
        .extracting(Object::toString)
        .containsExactly(
            "1: k0: required long (One buyer)",
            "2: event_timestamp: required timestamptz (The instant from which the values hold)",
            "3: f0: optional decimal(10, 2) (Feature f0)",
            "4: f1: optional map<string, double> (Feature f1)",
            "5: created_timestamp: required timestamptz"
                + " (When the row was made; the latest counts)");
    assertThat(table.spec().fields()).extracting("name").containsExactly("event_timestamp_day");
    assertThat(table.sortOrder().fields()).hasSize(2);
    assertThat(table.properties())
        .containsEntry("write.parquet.compression-codec", "zstd")
        .containsEntry("write.parquet.row-group-size-bytes", "8388608")
        .containsEntry("flink.max-continuous-empty-commits", "2147483647");
  }

  @Test
  void theSameDefinitionFindsItsTable() {
    Table created = create(VIEW);

    assertThat(create(VIEW).uuid()).isEqualTo(created.uuid());
  }

  @Test
  void aNewFeatureGetsAColumnWhereItIsDefined() {
    create(VIEW);

    assertThat(
            columnsOf(
                create(
                    TestViews.of(
                        "behavior",
                        feature("new", ValueType.STRING),
                        feature("f0", ValueType.decimal(10, 2)),
                        feature("f1", ValueType.mapOf(ValueType.DOUBLE)),
                        feature("newer", ValueType.arrayOf(ValueType.INT64))))))
        .containsExactly(
            "1: k0: required long (One buyer)",
            "2: event_timestamp: required timestamptz (The instant from which the values hold)",
            "8: new: optional string (Feature new)",
            "3: f0: optional decimal(10, 2) (Feature f0)",
            "4: f1: optional map<string, double> (Feature f1)",
            "9: newer: optional list<long> (Feature newer)",
            "5: created_timestamp: required timestamptz (When the row was made; the latest counts)");
  }

  @Test
  void aRenamedFeatureKeepsItsColumn() {
    create(VIEW);
    FeatureView renamed =
        TestViews.of(
            "behavior",
            renamed("spend", "f0", ValueType.decimal(10, 2)),
            feature("f1", ValueType.mapOf(ValueType.DOUBLE)));

    Table table = create(renamed);

    assertThat(columnsOf(table)).contains("3: spend: optional decimal(10, 2) (Feature f0)");
    assertThat(columnsOf(create(renamed))).as("again").isEqualTo(columnsOf(table));
  }

  @Test
  void aDroppedFeaturesColumnStays() {
    List<String> columns = columnsOf(create(VIEW));

    assertThat(columnsOf(create(TestViews.of("behavior")))).isEqualTo(columns);
    assertThat(columnsOf(create(VIEW))).as("back again").isEqualTo(columns);
  }

  @Test
  void aTypeIsWidenedWhereOlderFilesCanBeReadSo() {
    create(
        TestViews.of(
            "behavior",
            feature("n", ValueType.INT32),
            feature("r", ValueType.FLOAT),
            feature("d", ValueType.decimal(10, 2)),
            feature("list", ValueType.arrayOf(ValueType.INT32)),
            feature("map", ValueType.mapOf(ValueType.FLOAT))));

    assertThat(
            columnsOf(
                create(
                    TestViews.of(
                        "behavior",
                        renamed("many", "n", ValueType.INT64),
                        feature("r", ValueType.DOUBLE),
                        feature("d", ValueType.decimal(38, 2)),
                        feature("list", ValueType.arrayOf(ValueType.INT64)),
                        feature("map", ValueType.mapOf(ValueType.DOUBLE))))))
        .contains(
            "3: many: optional long (Feature n)",
            "4: r: optional double (Feature r)",
            "5: d: optional decimal(38, 2) (Feature d)",
            "6: list: optional list<long> (Feature list)",
            "7: map: optional map<string, double> (Feature map)");
  }

  @Test
  void whatOlderFilesCannotBeReadAsIsRefusedAtOnce() {
    List<String> before = columnsOf(create(VIEW));

    assertThatThrownBy(
            () ->
                create(
                    TestViews.view(
                        "behavior",
                        List.of(ValueType.STRING, ValueType.INT64),
                        List.of(
                            ValueType.decimal(10, 3),
                            ValueType.mapOf(ValueType.FLOAT),
                            ValueType.BOOL))))
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContainingAll(
            "retail.behavior",
            "column 'k0' is long, not string",
            "column 'k1' (long) is missing",
            "column 'f0' is decimal(10, 2), not decimal(10, 3): files that are there cannot be read"
                + " so; give the feature another name",
            "column 'f1' is map<string, double>, not map<string, float>")
        .hasMessageNotContaining("f2");
    assertThatThrownBy(
            () -> create(TestViews.view("behavior", List.of(ValueType.INT32), List.of())))
        .as("keys stay as they are")
        .hasMessageContaining("column 'k0' is long, not int");
    assertThat(columnsOf(load())).isEqualTo(before);
  }

  @Test
  void aWiderKeyIsAnotherKey() {
    create(TestViews.view("behavior", List.of(ValueType.INT32), List.of()));

    assertThatThrownBy(
            () -> create(TestViews.view("behavior", List.of(ValueType.INT64), List.of())))
        .hasMessageContaining("column 'k0' is int, not long");
  }

  @Test
  void goingBackOverARenameHasToSaySo() {
    FeatureView before = TestViews.of("behavior", feature("spend", ValueType.DOUBLE));
    create(before);
    create(TestViews.of("behavior", renamed("total", "spend", ValueType.DOUBLE)));

    assertThatThrownBy(() -> create(before))
        .hasMessageContaining(
            "column 'spend' has been renamed to 'total': to rename it back, write 'was: total'");
    assertThat(
            columnsOf(
                create(TestViews.of("behavior", renamed("spend", "total", ValueType.DOUBLE)))))
        .contains("3: spend: optional double (Feature spend)");
  }

  @Test
  void aFreeFormerNameMayBeTakenByAnotherFeature() {
    create(TestViews.of("behavior", feature("spend", ValueType.DOUBLE)));
    create(TestViews.of("behavior", renamed("total", "spend", ValueType.DOUBLE)));

    assertThat(
            columnsOf(
                create(
                    TestViews.of(
                        "behavior",
                        feature("total", ValueType.DOUBLE),
                        feature("spend", ValueType.INT64)))))
        .contains(
            "3: total: optional double (Feature spend)", "5: spend: optional long (Feature spend)");
  }

  @Test
  void aRenameOverAColumnThatIsThereIsRefused() {
    create(
        TestViews.of(
            "behavior", feature("spend", ValueType.DOUBLE), feature("total", ValueType.DOUBLE)));

    assertThatThrownBy(
            () -> create(TestViews.of("behavior", renamed("total", "spend", ValueType.DOUBLE))))
        .hasMessageContaining("column 'total' was 'spend', and both are there: drop one of them");
  }

  @Test
  void otherNullabilityIsRefusedAndOtherOrderIsNot() {
    Table table = create(VIEW);
    table.updateSchema().makeColumnOptional("k0").commit();

    assertThatThrownBy(() -> create(VIEW)).hasMessageContaining("'k0' is optional, not required");

    table
        .updateSchema()
        .allowIncompatibleChanges()
        .requireColumn("k0")
        .moveFirst("f1")
        .addColumn("of_others", Types.LongType.get())
        .commit();
    assertThat(create(VIEW).schema().columns())
        .extracting(Types.NestedField::name)
        .containsExactly("f1", "k0", "event_timestamp", "f0", "created_timestamp", "of_others");
    table.updateSchema().allowIncompatibleChanges().requireColumn("of_others").commit();
    assertThatThrownBy(() -> create(VIEW))
        .hasMessageContaining("column 'of_others' (long) is not defined and required");
  }

  @Test
  void manyAtOnceChangeItOnce() throws Exception {
    Table table = create(VIEW);
    FeatureView wider =
        TestViews.view(
            "behavior",
            List.of(ValueType.INT64),
            List.of(
                ValueType.decimal(12, 2),
                ValueType.mapOf(ValueType.DOUBLE),
                ValueType.BOOL,
                ValueType.STRING));
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Callable<Void>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(
            () -> {
              try (OpenCatalog own =
                  OpenCatalog.of(IcebergCatalogs.loader(warehouse.toString(), Map.of()))) {
                OfflineTables.createOrEvolve(own.catalog(), "retail", wider);
              }
              return null;
            });
        all.add(
            () -> {
              Table own = load();
              own.updateProperties().set("a-commit", Thread.currentThread().getName()).commit();
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(all)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }

    table.refresh();
    assertThat(columnsOf(table))
        .hasSize(7)
        .contains(
            "3: f0: optional decimal(12, 2) (Feature f0)",
            "8: f2: optional boolean (Feature f2)",
            "9: f3: optional string (Feature f3)");
  }

  private Table load() {
    return catalog.catalog().loadTable(OfflineTables.identifier("retail", "behavior"));
  }

  private static List<String> columnsOf(Table table) {
    return table.schema().columns().stream().map(Object::toString).toList();
  }

  private Table create(FeatureView view) {
    return OfflineTables.createOrEvolve(catalog.catalog(), "retail", view);
  }
}
