// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.sinks.TestViews;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IcebergCatalogsTest {
  private static final FeatureView VIEW =
      TestViews.view("behavior", List.of(ValueType.INT64), List.of(ValueType.INT64));

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"%s/new/warehouse", "file:%s/new/warehouse", "file://%s/with space"})
  void aLocalWarehouseIsCreatedWithItsCatalog(String location) throws IOException {
    String warehouse = location.formatted(directory);

    String table = locationOfNewTable(warehouse);

    Path expected = Path.of(warehouse.replaceFirst("^file:(//)?", ""));
    assertThat(table).isEqualTo("file://%s/retail/behavior".formatted(expected));
    assertThat(expected.resolve("catalog.db")).isRegularFile();
    assertThat(expected.resolve("retail/behavior/metadata")).isDirectory();
  }

  @Test
  void aUriOfJavaIsUnescaped() throws IOException {
    Path warehouse = Files.createDirectory(directory.resolve("with space"));

    assertThat(locationOfNewTable(warehouse.toUri().toString())).contains("/with space/retail");
  }

  @Test
  void noChecksumFilesAreWritten() throws IOException {
    locationOfNewTable(directory.toString());

    try (var files = Files.walk(directory)) {
      assertThat(files.filter(file -> file.toString().endsWith(".crc"))).isEmpty();
    }
  }

  @Test
  void otherCatalogsServeByTheirProperties() throws IOException {
    Map<String, String> properties = Map.of("catalog-impl", InMemoryCatalog.class.getName());
    try (OpenCatalog open =
        OpenCatalog.of(IcebergCatalogs.loader("s3://bucket/warehouse", properties))) {
      assertThat(open.catalog()).isInstanceOf(InMemoryCatalog.class);
    }
  }

  @Test
  void aRemoteWarehouseNeedsACatalog() {
    assertThatThrownBy(() -> IcebergCatalogs.loader("s3://bucket/warehouse", Map.of()))
        .isInstanceOf(WarehouseException.class)
        .hasMessageContaining("s3://bucket/warehouse")
        .hasMessageContaining("tailwater.yaml");
  }

  @Test
  void aFileInTheWayIsNamed() throws IOException {
    Path file = Files.createFile(directory.resolve("taken"));

    assertThatThrownBy(() -> IcebergCatalogs.loader(file.resolve("warehouse").toString(), Map.of()))
        .isInstanceOf(WarehouseException.class)
        .hasMessageContaining("Cannot write to the warehouse " + file.resolve("warehouse"))
        .hasMessageContaining("--warehouse");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDirectoryThatNobodyMayWriteToIsNamed() {
    assertThatThrownBy(() -> IcebergCatalogs.loader("/proc/warehouse", Map.of()))
        .isInstanceOf(WarehouseException.class)
        .hasMessageContaining("Cannot write to the warehouse /proc/warehouse");
    assertThatThrownBy(() -> IcebergCatalogs.loader("/proc", Map.of()))
        .isInstanceOf(WarehouseException.class)
        .hasMessageContaining("Cannot write to the warehouse /proc:");
  }

  private static String locationOfNewTable(String warehouse) throws IOException {
    try (OpenCatalog open = OpenCatalog.of(IcebergCatalogs.loader(warehouse, Map.of()))) {
      Table table = OfflineTables.createOrEvolve(open.catalog(), "retail", VIEW);
      return table.location();
    }
  }
}
