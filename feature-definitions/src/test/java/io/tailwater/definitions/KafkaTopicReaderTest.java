// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.definitions.model.KafkaTopic;
import io.tailwater.definitions.model.KafkaTopic.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaTopicReaderTest {
  @TempDir Path folder;

  @BeforeEach
  void writeSchemas() throws IOException {
    Files.createDirectories(folder.resolve("old"));
    schema("click.avsc", "long");
    schema("old/click-v2.avsc", "int");
    schema("old/click-v1.avsc", "float");
    Files.writeString(folder.resolve("old/README"), "no schema");
  }

  @ParameterizedTest
  @CsvSource({
    "avro, AVRO",
    "avro-confluent, AVRO_CONFLUENT",
    "avro-single-object, AVRO_SINGLE_OBJECT",
    "JSON, JSON",
  })
  void knowsTheFormats(String name, Format format) throws IOException {
    assertThat(topic("format: " + name)).isEqualTo(new KafkaTopic("clicks", format));
  }

  @Test
  void readsSchemasOfWritersFromFilesAndFolders() throws IOException {
    KafkaTopic topic = topic("format: avro-single-object, writer_schemas: [click.avsc, old]");

    assertThat(topic.writerSchemas())
        .hasSize(3)
        .satisfiesExactly(
            own -> assertThat(own).contains("\"long\""),
            first -> assertThat(first).contains("\"float\""),
            second -> assertThat(second).contains("\"int\""));
    assertThat(topic("format: avro-single-object, writer_schemas: old").writerSchemas()).hasSize(2);
  }

  @Test
  void refusesAFolderWithoutSchemas() throws IOException {
    Files.createDirectories(folder.resolve("none"));

    assertThatThrownBy(() -> topic("format: avro-single-object, writer_schemas: [none]"))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining(
            "kafka.writer_schemas[0]: found 'none', a folder without an .avsc file");
  }

  private void schema(String file, String type) throws IOException {
    Files.writeString(
        folder.resolve(file),
        """
        {"type": "record", "name": "Click", "fields": [
          {"name": "id", "type": "string"}, {"name": "at", "type": "%s"}]}
        """
            .formatted(type));
  }

  private KafkaTopic topic(String more) throws IOException {
    Files.writeString(
        folder.resolve("project.yaml"),
        """
        project: shop
        entities: [{name: page, join_keys: [{name: id, type: STRING}]}]
        sources:
          - name: clicks
            schema: click.avsc
            event_time: at
            event_id: id
            kafka: {topic: clicks, %s}
        feature_views:
          - name: views
            entity: page
            source: clicks
            features: [{name: n, aggregate: count(*), window: 1d}]
        """
            .formatted(more));
    return ProjectLoader.load(folder).sources().get(0).kafka();
  }
}
