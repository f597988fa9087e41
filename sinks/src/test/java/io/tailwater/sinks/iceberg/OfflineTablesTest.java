// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.sinks.TestViews;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
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
  void anotherDefinitionIsRefusedWithEveryDifference() {
    create(VIEW);

    assertThatThrownBy(
            () ->
                create(
                    TestViews.view(
                        "behavior",
                        List.of(ValueType.STRING),
                        List.of(
                            ValueType.decimal(12, 2),
                            ValueType.mapOf(ValueType.DOUBLE),
                            ValueType.BOOL))))
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContainingAll(
            "retail.behavior",
            "column 'k0' is long, not string",
            "column 'f0' is decimal(10, 2), not decimal(12, 2)",
            "column 'f2' (boolean) is missing")
        .hasMessageNotContaining("f1");
    assertThatThrownBy(
            () -> create(TestViews.view("behavior", List.of(ValueType.INT64), List.of())))
        .hasMessageContaining("column 'f0' (decimal(10, 2)) is not defined");
  }

  @Test
  void otherNullabilityAndOrderAreDifferencesToo() {
    Table table = create(VIEW);
    table.updateSchema().makeColumnOptional("k0").commit();

    assertThatThrownBy(() -> create(VIEW)).hasMessageContaining("'k0' is optional, not required");

    table.updateSchema().allowIncompatibleChanges().requireColumn("k0").moveFirst("f1").commit();
    assertThatThrownBy(() -> create(VIEW))
        .hasMessageContaining("in the order [f1, k0, event_timestamp, f0, created_timestamp]");
  }

  private Table create(FeatureView view) {
    return OfflineTables.createOrVerify(catalog.catalog(), "retail", view);
  }
}
