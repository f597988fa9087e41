// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionFilesTest {
  /** Maven runs the tests in the module's folder. */
  private static final Path RETAIL = Path.of("retail");

  @TempDir private Path folder;

  @Test
  void aProjectIsLoadedFromItsTextsAsFromItsFolder() {
    LoadedProject retail = ProjectLoader.loadWithFiles(RETAIL);

    assertThat(retail.files().texts().keySet()).contains("retail.yaml", "order.avsc");
    assertThat(retail.files().texts()).doesNotContainKey("tailwater.yaml");
    assertThat(ProjectLoader.load(retail.files())).isEqualTo(retail.project());
  }

  @Test
  void aSchemaOfAnotherFolderIsAmongThem() throws IOException {
    Path project = Files.createDirectories(folder.resolve("project"));
    Files.writeString(
        folder.resolve("order.yaml"),
        """
        {"type": "record", "name": "Order", "fields": [
          {"name": "id", "type": "string"}, {"name": "customer", "type": "long"},
          {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
        """);
    Files.writeString(
        project.resolve("shop.yaml"),
        """
        project: shop
        entities: [{name: customer, join_keys: [{name: customer, type: INT64}]}]
        sources: [{name: orders, schema: ../order.yaml, event_time: at, event_id: id}]
        """);

    LoadedProject shop = ProjectLoader.loadWithFiles(project);

    assertThat(shop.files().texts().keySet()).containsExactly("../order.yaml", "shop.yaml");
    assertThat(ProjectLoader.load(shop.files())).isEqualTo(shop.project());
  }

  @Test
  void theSchemasOfAFolderAreAmongThem() throws IOException {
    String schema =
        """
        {"type": "record", "name": "Order", "fields": [
          {"name": "id", "type": "string"}, {"name": "customer", "type": "long"},
          {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
        """;
    Files.writeString(folder.resolve("order.avsc"), schema);
    Path former = Files.createDirectories(folder.resolve("former"));
    Files.writeString(former.resolve("order-1.avsc"), schema);
    Files.writeString(former.resolve("order-2.avsc"), schema);
    Files.writeString(former.resolve("notes.txt"), "");
    Files.writeString(
        folder.resolve("shop.yaml"),
        """
        project: shop
        entities: [{name: customer, join_keys: [{name: customer, type: INT64}]}]
        sources:
          - name: orders
            schema: order.avsc
            event_time: at
            event_id: id
            kafka: {topic: orders, format: avro-single-object, writer_schemas: former}
        """);

    LoadedProject shop = ProjectLoader.loadWithFiles(folder);

    assertThat(shop.files().texts().keySet())
        .containsExactly("former/order-1.avsc", "former/order-2.avsc", "order.avsc", "shop.yaml");
    assertThat(ProjectLoader.load(shop.files())).isEqualTo(shop.project());
  }

  @Test
  void aTextThatIsMissingIsAProblemOfItsPlace() {
    DefinitionFiles files =
        DefinitionFiles.of(
            Map.of(
                "shop.yaml",
                """
                project: shop
                sources: [{name: orders, schema: order.avsc, event_time: at, event_id: id}]
                """));

    assertThatThrownBy(() -> ProjectLoader.load(files))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("shop.yaml:2:")
        .hasMessageContaining("'order.avsc', which does not exist");
  }

  @Test
  void theDigestIsOfNamesAndTextsWhateverEndsTheirLines() {
    String digest = DefinitionFiles.of(Map.of("a", "x\ny\n")).digest();

    assertThat(digest).hasSize(64);
    assertThat(DefinitionFiles.of(Map.of("a", "x\r\ny\r\n")).digest()).isEqualTo(digest);
    assertThat(DefinitionFiles.of(Map.of("a", "x\ny")).digest()).isNotEqualTo(digest);
    assertThat(DefinitionFiles.of(Map.of("b", "x\ny\n")).digest()).isNotEqualTo(digest);
    assertThat(DefinitionFiles.of(Map.of("a", "x", "b", "y")).digest())
        .isNotEqualTo(DefinitionFiles.of(Map.of("a", "xb", "", "y")).digest());
  }
}
