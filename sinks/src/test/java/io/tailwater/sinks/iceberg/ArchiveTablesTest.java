// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.EventTime;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.WatermarkPolicy;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTablesTest {
  private static final Field ID = new Field("id", ValueType.STRING, false);
  private static final Field AT = new Field("at", ValueType.TIMESTAMP, false);
  private static final Field SIZE = new Field("size", ValueType.INT32, true);

  @TempDir private Path warehouse;
  private Catalog catalog;

  @BeforeEach
  void openCatalog() {
    catalog = IcebergCatalogs.loader(warehouse.toString(), Map.of()).loadCatalog();
  }

  @AfterEach
  void closeCatalog() throws IOException {
    ((Closeable) catalog).close();
  }

  @Test
  void hasAColumnForEachFieldAndWhereTheEventStood() {
    Table table = ArchiveTables.createOrEvolve(catalog, "shop", source(ID, AT));

    assertThat(table.name()).endsWith("shop.orders_archive");
    assertThat(table.schema().columns().stream().map(Object::toString))
        .containsExactly(
            "1: id: optional string",
            "2: at: optional timestamptz",
            "3: _event_time: required timestamptz (When the event happened)",
            "4: _topic: required string (The Kafka topic it was read from)",
            "5: _partition: required int (The topic's partition)",
            "6: _offset: required long (The partition's offset)");
    assertThat(table.spec().fields()).hasSize(1);
    assertThat(table.spec().fields().get(0).name()).isEqualTo("_event_time_day");
  }

  @Test
  void aFieldThatComesGetsAColumnAndOneThatGoesLeavesIts() {
    ArchiveTables.createOrEvolve(catalog, "shop", source(ID, AT));
    ArchiveTables.createOrEvolve(catalog, "shop", source(ID, SIZE, AT));
    Table table = ArchiveTables.createOrEvolve(catalog, "shop", source(SIZE, AT));

    assertThat(table.schema().columns().stream().map(column -> column.name()))
        .containsExactly("id", "at", "_event_time", "_topic", "_partition", "_offset", "size");
    ArchiveRows rows = ArchiveRows.of(source(SIZE, AT), table.schema());
    ArchivedEvent event = new ArchivedEvent(new Object[] {7, 5L}, 5, "orders", 1, 42);
    assertThat(rows.row(event).isNullAt(0)).isTrue();
    assertThat(rows.row(event).getInt(6)).isEqualTo(7);
    assertEquals(rows.event(rows.row(event)), event);
  }

  @Test
  void aFieldMayNotChangeItsType() {
    ArchiveTables.createOrEvolve(catalog, "shop", source(ID, SIZE, AT));
    Field longer = new Field("size", ValueType.INT64, true);

    assertThatThrownBy(() -> ArchiveTables.createOrEvolve(catalog, "shop", source(ID, longer, AT)))
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContaining("shop.orders_archive")
        .hasMessageContaining("column 'size' is int, not long");
  }

  @Test
  void aFieldMayNotHaveTheNameOfTheArchivesOwnColumns() {
    Field offset = new Field("_offset", ValueType.INT64, true);

    assertThatThrownBy(() -> ArchiveTables.createOrEvolve(catalog, "shop", source(AT, offset)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("source 'orders' has a field '_offset'")
        .hasMessageContaining("archive: false");
  }

  @Test
  void rowsHoldValuesOfEveryTypeAndNulls() {
    EventSource source =
        source(
            AT,
            new Field("bool", ValueType.BOOL, true),
            SIZE,
            new Field("long", ValueType.INT64, true),
            new Field("float", ValueType.FLOAT, true),
            new Field("double", ValueType.DOUBLE, true),
            new Field("decimal", ValueType.decimal(20, 4), true),
            new Field("text", ValueType.STRING, true),
            new Field("bytes", ValueType.BYTES, true),
            new Field("list", ValueType.arrayOf(ValueType.TIMESTAMP), true),
            new Field("map", ValueType.mapOf(ValueType.arrayOf(ValueType.decimal(5, 1))), true));
    Table table = ArchiveTables.createOrEvolve(catalog, "shop", source);
    ArchiveRows rows = ArchiveRows.of(source, table.schema());
    Object[] values = {
      -1L,
      true,
      7,
      1L << 40,
      1.5f,
      -2.25,
      new BigDecimal("9999999999999999.9999"),
      "ä\uD83D\uDED2",
      new byte[] {0, -1},
      List.of(-1L, 5L),
      Map.of("k", List.of(new BigDecimal("1.5")), "", List.of())
    };
    ArchivedEvent full = new ArchivedEvent(values, -1, "orders", 0, 0);
    Object[] empty = new Object[values.length];
    empty[0] = 5L;
    ArchivedEvent nulls = new ArchivedEvent(empty, 5, "orders", 3, Long.MAX_VALUE);

    assertEquals(rows.event(rows.row(full)), full);
    assertEquals(rows.event(rows.row(nulls)), nulls);
    assertThat(rows.eventTimestamp(rows.row(full))).isEqualTo(-1);
  }

  private static void assertEquals(ArchivedEvent found, ArchivedEvent expected) {
    assertThat(Arrays.deepEquals(found.row(), expected.row()))
        .as(
            "%s, expected %s",
            Arrays.deepToString(found.row()), Arrays.deepToString(expected.row()))
        .isTrue();
    assertThat(found.eventTime()).isEqualTo(expected.eventTime());
    assertThat(found.topic()).isEqualTo(expected.topic());
    assertThat(found.partition()).isEqualTo(expected.partition());
    assertThat(found.offset()).isEqualTo(expected.offset());
  }

  private static EventSource source(Field... fields) {
    return new EventSource(
        "orders",
        "{}",
        List.of(fields),
        new EventTime("at", null, "UTC"),
        List.of("at"),
        List.of(),
        WatermarkPolicy.DEFAULT,
        null);
  }
}
