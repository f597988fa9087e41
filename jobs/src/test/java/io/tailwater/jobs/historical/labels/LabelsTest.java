// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Field;
import io.tailwater.sinks.iceberg.IcebergCatalogs;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.JulianFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.shaded.org.apache.parquet.example.data.Group;
import org.apache.iceberg.shaded.org.apache.parquet.example.data.simple.NanoTime;
import org.apache.iceberg.shaded.org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.iceberg.shaded.org.apache.parquet.hadoop.ParquetWriter;
import org.apache.iceberg.shaded.org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.iceberg.shaded.org.apache.parquet.io.LocalOutputFile;
import org.apache.iceberg.shaded.org.apache.parquet.schema.MessageType;
import org.apache.iceberg.shaded.org.apache.parquet.schema.MessageTypeParser;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels in files that another engine has written, and in a table. */
class LabelsTest {
  private static final List<Field> NEEDED =
      List.of(new Field("customer_id", ValueType.INT64, false));

  @TempDir private Path folder;
  private CatalogLoader catalog;

  @BeforeEach
  void openCatalog() {
    catalog = IcebergCatalogs.loader(folder.resolve("warehouse").toString(), Map.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          TIMESTAMP_NS '2026-01-15 07:08:09.123456789'        | 2026-01-15T07:08:09.123Z | true
          TIMESTAMP_NS '1969-12-31 23:59:59.999999999'        | 1969-12-31T23:59:59.999Z | true
          TIMESTAMP '2026-01-15 07:08:09.123456'              | 2026-01-15T07:08:09.123Z | true
          TIMESTAMP '1969-12-31 23:59:59.999999'              | 1969-12-31T23:59:59.999Z | true
          TIMESTAMPTZ '2026-01-15 07:08:09.5+02:00'           | 2026-01-15T05:08:09.500Z | false
          DATE '2026-01-15'                                   | 2026-01-15T00:00:00Z     | true
          '2026-01-15T07:08:09+01:00'                         | 2026-01-15T06:08:09Z     | false
          '2026-01-15'                                        | 2026-01-15T00:00:00Z     | true
          """)
  void instantsOfEveryTypeAreFlooredToMilliseconds(String sql, Instant expected, boolean zoneless)
      throws Exception {
    Path file =
        parquet("labels", "SELECT 7::BIGINT AS customer_id, %s AS event_timestamp".formatted(sql));

    try (LabelCursor cursor = open(file.toString()).open(NEEDED, false)) {
      assertThat(cursor.next()).isTrue();
      assertThat(Instant.ofEpochMilli(cursor.instant())).isEqualTo(expected);
      assertThat(cursor.isZoneless()).isEqualTo(zoneless);
      assertThat(cursor.value(0)).isEqualTo(7L);
      assertThat(cursor.next()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-15T07:08:09.123456789Z, 2026-01-15T07:08:09.123Z",
    "1970-01-01T00:00:00Z,           1970-01-01T00:00:00Z",
    "1969-12-31T23:59:59.999999999Z, 1969-12-31T23:59:59.999Z",
    "1899-03-01T12:00:00.000000001Z, 1899-03-01T12:00:00Z"
  })
  void timestampsOfSparksOldTypeAreUtc(Instant written, Instant expected) throws Exception {
    Path file = folder.resolve("int96.parquet");
    MessageType type =
        MessageTypeParser.parseMessageType(
            "message spark_schema { optional int64 customer_id; optional int96 event_timestamp; }");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file)).withType(type).build()) {
      writer.write(
          new SimpleGroup(type)
              .append("customer_id", 7L)
              .append("event_timestamp", int96(written)));
    }

    try (LabelCursor cursor = open(file.toString()).open(NEEDED, false)) {
      assertThat(cursor.next()).isTrue();
      assertThat(Instant.ofEpochMilli(cursor.instant())).isEqualTo(expected);
      assertThat(cursor.isZoneless()).isFalse();
      assertThat(cursor.value(0)).isEqualTo(7L);
      assertThat(cursor.next()).isFalse();
    }
  }

  /** A Julian day and the nanoseconds since its midnight. */
  private static NanoTime int96(Instant instant) {
    LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    return new NanoTime(
        (int) time.getLong(JulianFields.JULIAN_DAY), time.toLocalTime().toNanoOfDay());
  }

  @Test
  void aTableGivesItsRowsByTheAgeOfItsFiles() throws Exception {
    register(
        parquet("b", labels("(3, 30), (1, 10)")),
        parquet("a", labels("(2, 20)")),
        parquet("c", labels("(1, 10)")));

    Labels labels = open("iceberg:science.labels");

    assertThat(labels.columns()).containsExactly("customer_id", "event_timestamp", "churned");
    assertThat(labels.problems(NEEDED)).isEmpty();
    for (int time = 0; time < 2; time++) {
      assertThat(contents(labels))
          .containsExactly("3 30 true", "1 10 true", "2 20 true", "1 10 true");
    }
  }

  @Test
  void aTableIsReadAsItWasWhenItWasOpened() throws Exception {
    register(parquet("a", labels("(2, 20)")));
    Labels labels = open("iceberg:science.labels");
    register(parquet("b", labels("(3, 30)")));

    assertThat(contents(labels)).containsExactly("2 20 true");
    assertThat(contents(open("iceberg:science.labels"))).containsExactly("2 20 true", "3 30 true");
  }

  @Test
  void aTableThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> open("iceberg:science.nothing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "labels 'iceberg:science.nothing': found no such table in the warehouse's catalog");
  }

  @Test
  void aFileThatIsNoParquetIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("broken.parquet"), "customer_id,event_timestamp");

    assertThatThrownBy(() -> open(file.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("labels '%s': cannot be read: ".formatted(file));
  }

  private Labels open(String location) throws IOException {
    return LabelLocation.open(location, () -> catalog);
  }

  private static List<String> contents(Labels labels) throws Exception {
    List<String> contents = new ArrayList<>();
    try (LabelCursor cursor = labels.open(NEEDED, true)) {
      while (cursor.next()) {
        contents.add("%s %s %s".formatted(cursor.value(0), cursor.instant(), cursor.column(2)));
      }
    }
    return contents;
  }

  private static String labels(String rows) {
    return "SELECT c::BIGINT AS customer_id, make_timestamptz(t * 1000::BIGINT) AS event_timestamp, true AS churned FROM (VALUES %s) v(c, t)"
        .formatted(rows);
  }

  private Path parquet(String name, String query) throws Exception {
    Path file = folder.resolve(name + ".parquet");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute("COPY (%s) TO '%s' (FORMAT parquet)".formatted(query, file));
    }
    return file;
  }

  /** Each file in a commit of its own. */
  private void register(Path... files) throws IOException {
    Catalog open = catalog.loadCatalog();
    try {
      Table table = table(open);
      for (Path file : files) {
        table
            .newAppend()
            .appendFile(
                DataFiles.builder(table.spec())
                    .withPath("file://" + file)
                    .withFileSizeInBytes(Files.size(file))
                    .withRecordCount(1)
                    .build())
            .commit();
      }
    } finally {
      ((Closeable) open).close();
    }
  }

  private static Table table(Catalog catalog) {
    TableIdentifier name = TableIdentifier.of("science", "labels");
    if (catalog.tableExists(name)) {
      return catalog.loadTable(name);
    }
    ((SupportsNamespaces) catalog).createNamespace(Namespace.of("science"));
    return catalog.createTable(
        name,
        new Schema(
            Types.NestedField.optional(1, "customer_id", Types.LongType.get()),
            Types.NestedField.optional(2, "event_timestamp", Types.TimestampType.withZone()),
            Types.NestedField.optional(3, "churned", Types.BooleanType.get())));
  }
}
