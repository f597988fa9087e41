// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.sinks.TestViews;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.flink.CatalogLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionStampsTest {
  private static final FeatureView VIEW =
      TestViews.view("spend", List.of(ValueType.INT64), List.of(ValueType.INT64));

  @TempDir Path warehouse;
  private CatalogLoader loader;
  private OpenCatalog catalog;

  @BeforeEach
  void open() {
    loader = IcebergCatalogs.loader(warehouse.toString(), Map.of());
    catalog = OpenCatalog.of(loader);
  }

  @AfterEach
  void close() throws IOException {
    catalog.close();
  }

  @Test
  void whatIsNotThereIsNotStamped() throws IOException {
    assertThat(DefinitionStamps.applied(loader, "shop", 1, Map.of("spend", "a"))).isEmpty();
    assertThat(DefinitionStamps.written(loader, "shop", "spend", 1, "a")).isFalse();
    assertThat(DefinitionStamps.appliedDigest(loader, "shop", "spend")).isEmpty();
    assertThat(DefinitionStamps.newest(loader, "shop")).isZero();
  }

  @Test
  void aStampIsAPropertyAndNoSnapshot() throws IOException {
    Table table = OfflineTables.createOrEvolve(catalog.catalog(), "shop", VIEW);
    table.newAppend().commit();
    long snapshot = table.currentSnapshot().snapshotId();

    assertThat(DefinitionStamps.applied(loader, "shop", 7, Map.of("spend", "a", "other", "b")))
        .containsExactly("spend");
    assertThat(DefinitionStamps.applied(loader, "shop", 7, Map.of("spend", "a")))
        .as("the same again")
        .isEmpty();

    table.refresh();
    assertThat(table.properties())
        .containsEntry("tailwater.applied-version", "7")
        .containsEntry("tailwater.applied-digest", "a")
        .doesNotContainKey("tailwater.definitions-version");
    assertThat(table.currentSnapshot().snapshotId()).isEqualTo(snapshot);
    assertThat(DefinitionStamps.appliedDigest(loader, "shop", "spend")).contains("a");
    assertThat(DefinitionStamps.newest(loader, "shop")).isEqualTo(7);
  }

  @Test
  void aJobSaysWhichVersionItWrites() throws IOException {
    Table table = OfflineTables.createOrEvolve(catalog.catalog(), "shop", VIEW);

    assertThat(DefinitionStamps.written(loader, "shop", "spend", 3, "a")).isTrue();
    DefinitionStamps.applied(loader, "shop", 4, Map.of("spend", "b"));

    table.refresh();
    assertThat(table.properties())
        .containsEntry("tailwater.definitions-version", "3")
        .containsEntry("tailwater.definitions-digest", "a")
        .containsEntry("tailwater.applied-version", "4")
        .containsEntry("tailwater.applied-digest", "b");
  }

  @Test
  void aStampDoesNotGoBack() throws IOException {
    Table table = OfflineTables.createOrEvolve(catalog.catalog(), "shop", VIEW);
    DefinitionStamps.applied(loader, "shop", 4, Map.of("spend", "b"));

    assertThat(DefinitionStamps.applied(loader, "shop", 3, Map.of("spend", "a"))).isEmpty();

    table.refresh();
    assertThat(table.properties()).containsEntry("tailwater.applied-version", "4");
  }

  /** A stream commits every few seconds. */
  @Test
  void aCommitThatWasPreparedBeforeDoesNotFail() throws IOException {
    Table table = OfflineTables.createOrEvolve(catalog.catalog(), "shop", VIEW);
    table.refresh();

    DefinitionStamps.applied(loader, "shop", 1, Map.of("spend", "a"));
    table.newAppend().commit();

    table.refresh();
    assertThat(table.properties()).containsEntry("tailwater.applied-version", "1");
    assertThat(table.snapshots()).hasSize(1);
  }
}
