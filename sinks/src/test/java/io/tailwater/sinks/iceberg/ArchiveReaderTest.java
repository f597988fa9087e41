// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.EventTime;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.WatermarkPolicy;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads of an archive without Flink. */
class ArchiveReaderTest {
  private static final EventSource SOURCE =
      new EventSource(
          "orders",
          "{}",
          List.of(
              new Field("at", ValueType.TIMESTAMP, false),
              new Field("buyer", ValueType.INT32, true),
              new Field("seal", ValueType.BYTES, true),
              new Field("price", ValueType.decimal(9, 2), true),
              new Field("tags", ValueType.arrayOf(ValueType.STRING), true)),
          new EventTime("at", null, "UTC"),
          List.of("at"),
          List.of(),
          WatermarkPolicy.DEFAULT,
          null);

  @TempDir private Path warehouse;

  @Test
  void handsOverTheEventsOfSomeKeysAsTheyWere() throws IOException {
    CatalogLoader loader = IcebergCatalogs.loader(warehouse.toString(), Map.of());
    Catalog catalog = loader.loadCatalog();
    Table table = ArchiveTables.createOrEvolve(catalog, "shop", SOURCE);
    Object[] first = {1_000L, 7, new byte[] {0, -1}, new BigDecimal("1.50"), List.of("a")};
    Object[] second = {86_400_001L, 8, null, null, null};
    Object[] third = {86_400_002L, null, new byte[] {5}, null, null};
    append(table, first, 40);
    append(table, second, 41);
    append(table, third, 42);

    assertThat(read(loader, List.of()))
        .extracting(ArchivedEvent::row)
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactlyInAnyOrder(first, second, third);
    List<ArchivedEvent> some =
        read(loader, List.of(Map.of("buyer", 7), Map.of("seal", new byte[] {5})));
    assertThat(some).extracting(ArchivedEvent::offset).containsExactlyInAnyOrder(40L, 42L);
    assertThat(some).allSatisfy(event -> assertThat(event.eventTime()).isEqualTo(event.row()[0]));
    assertThat(read(loader, List.of(Map.of("buyer", 7, "at", 2_000L)))).isEmpty();
    ((Closeable) catalog).close();
  }

  private static List<ArchivedEvent> read(CatalogLoader loader, List<Map<String, Object>> anyOf)
      throws IOException {
    List<ArchivedEvent> events = new ArrayList<>();
    try (ArchiveReader reader = ArchiveReader.open(loader, "shop", SOURCE)) {
      reader.forEach(anyOf, events::add);
    }
    return events;
  }

  private static void append(Table table, Object[] row, long offset) throws IOException {
    Record record = GenericRecord.create(table.schema());
    OffsetDateTime time = Instant.ofEpochMilli((Long) row[0]).atOffset(ZoneOffset.UTC);
    record.setField("at", time);
    record.setField("buyer", row[1]);
    record.setField("seal", row[2] == null ? null : ByteBuffer.wrap((byte[]) row[2]));
    record.setField("price", row[3]);
    record.setField("tags", row[4]);
    record.setField("_event_time", time);
    record.setField("_topic", "orders");
    record.setField("_partition", 0);
    record.setField("_offset", offset);
    PartitionKey partition = new PartitionKey(table.spec(), table.schema());
    partition.partition(new InternalRecordWrapper(table.schema().asStruct()).wrap(record));
    DataWriter<Record> writer =
        Parquet.writeData(
                table.io().newOutputFile(table.location() + "/data/" + offset + ".parquet"))
            .schema(table.schema())
            .createWriterFunc(GenericParquetWriter::create)
            .withSpec(table.spec())
            .withPartition(partition)
            .build();
    try (writer) {
      writer.write(record);
    }
    table.newAppend().appendFile(writer.toDataFile()).commit();
  }
}
