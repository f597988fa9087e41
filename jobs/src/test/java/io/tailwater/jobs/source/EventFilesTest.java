// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.definitions.model.EventSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same events in files of every format, and files that are broken in each format's own way. */
class EventFilesTest {
  private static final EventSource SOURCE = TestSources.everyType();
  private static final Schema SCHEMA = new Schema.Parser().parse(TestSources.EVERY_TYPE_SCHEMA);
  private static final String FULL =
      "[x, 1700000000123, true, 7, 8000000000, 1.5, -2.25, 12.30, [0, -1], [a, b], {k=0.5}]";
  private static final String EMPTY =
      "[y, -1, null, null, null, null, null, null, null, null, null]";

  @TempDir private Path directory;
  private final TestFiles files = new TestFiles(SCHEMA);

  @Test
  void everyFormatGivesTheSameRows() throws IOException {
    Path csv = directory.resolve("e.csv");
    Files.writeString(
        csv,
        """
        id,at,flag,small,big,single,real,price,raw,tags,scores,more
        x,2023-11-14T22:13:20.123Z,true,7,8000000000,1.5,-2.25,12.3,AP8=,"[""a"",""b""]","{""k"":0.5}",
        y,-1,,,,,,,,,,
        """);
    Path json = directory.resolve("e.jsonl");
    Files.writeString(
        json,
        """
        {"id":"x","at":1700000000123,"flag":true,"small":7,"big":8000000000,"single":1.5,"real":-2.25,"price":12.3,"raw":"AP8=","tags":["a","b"],"scores":{"k":0.5}}
        {"id":"y","at":-1}
        """);
    Path avro =
        files.avro(directory.resolve("e.avro"), CodecFactory.deflateCodec(6), full(), empty());
    Path parquet = files.parquet(directory.resolve("e.parquet"), "zstd", full(), empty());

    for (Path file : List.of(csv, json, avro, parquet)) {
      List<SourceEvent> events = read(file);
      assertThat(events).as("%s", file).allMatch(event -> event.errorCode() == null);
      assertThat(events).extracting(EventFilesTest::row).containsExactly(FULL, EMPTY);
      assertThat(events)
          .extracting(SourceEvent::eventTime)
          .containsExactly(1_700_000_000_123L, -1L);
    }
    assertThat(read(csv)).extracting(SourceEvent::position).containsExactly("e.csv:2", "e.csv:3");
    for (Path file : List.of(json, avro, parquet)) {
      String name = file.getFileName().toString();
      assertThat(read(file))
          .extracting(SourceEvent::position)
          .containsExactly(name + ":1", name + ":2");
    }
  }

  @Test
  void readsParquetThatIcebergHasNotWritten() throws Exception {
    Path file = directory.resolve("duck.parquet");
    TestFiles.duckDb(
        """
        COPY (
          SELECT {'k': 0.5::DOUBLE} AS ignored, MAP {'k': 0.5::DOUBLE} AS scores, ['a', 'b'] AS tags,
            '\\x00\\xFF'::BLOB AS raw, 12.3::DECIMAL(10, 2) AS price, -2.25::DOUBLE AS "real",
            1.5::FLOAT AS single, 8000000000::BIGINT AS big, 7::INTEGER AS small, true AS flag,
            TIMESTAMPTZ '2023-11-14 22:13:20.123456Z' AS at, 'x' AS id
          UNION ALL
          SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
            TIMESTAMPTZ '1969-12-31 23:59:59.999Z', 'y'
        ) TO '%s' (FORMAT parquet)
        """
            .formatted(file));

    assertThat(read(file)).extracting(EventFilesTest::row).containsExactly(FULL, EMPTY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DATE '2023-11-14'",
        "TIMESTAMP '2023-11-14'",
        "TIMESTAMP_NS '2023-11-14'",
        "TIMESTAMP_MS '2023-11-14'",
        "1699920000000::BIGINT"
      })
  void readsEveryKindOfInstantInParquet(String instant) throws Exception {
    Path file = directory.resolve("duck.parquet");
    TestFiles.duckDb(
        "COPY (SELECT 'x' AS id, %s AS at) TO '%s' (FORMAT parquet)".formatted(instant, file));

    assertThat(read(file)).extracting(SourceEvent::eventTime).containsExactly(1_699_920_000_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"avro", "parquet"})
  void namesTheFieldsThatAreMissingOrOfAnotherType(String ending) throws IOException {
    Schema other =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Other", "fields": [
                  {"name": "id", "type": "long"},
                  {"name": "flag", "type": ["null", "boolean"]},
                  {"name": "real", "type": "string"}]}
                """);
    GenericRecord record =
        new GenericRecordBuilder(other).set("id", 1L).set("flag", true).set("real", "x").build();
    TestFiles others = new TestFiles(other);
    Path file = directory.resolve("other." + ending);
    if (ending.equals("avro")) {
      others.avro(file, CodecFactory.nullCodec(), record);
    } else {
      others.parquet(file, "uncompressed", record);
    }

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("source 'events'")
        .hasMessageContaining(file.toString())
        .hasMessageContaining("field 'id' is not STRING")
        .hasMessageContaining("no field 'at' (TIMESTAMP)")
        .hasMessageContaining("field 'real' is not DOUBLE")
        .hasMessageContaining("found [id, flag, real]")
        .hasMessageNotContaining("'flag'")
        .hasMessageNotContaining("no field 'small'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"avro", "parquet"})
  void aValueThatBreaksTheSchemaIsADeadLetterOfItsOwn(String ending) throws IOException {
    Path file = directory.resolve("e." + ending);
    GenericRecord infinite = full();
    infinite.put("real", Double.POSITIVE_INFINITY);
    if (ending.equals("avro")) {
      files.avro(file, CodecFactory.nullCodec(), full(), infinite, empty());
    } else {
      files.parquet(file, "uncompressed", full(), infinite, empty());
    }

    List<SourceEvent> events = read(file);

    assertThat(events)
        .extracting(SourceEvent::errorCode)
        .containsExactly(null, "SCHEMA_VIOLATION", null);
    assertThat(events.get(1).errorMessage()).contains("field 'real'", "Infinity");
    assertThat(events.get(1).position()).isEqualTo("e." + ending + ":2");
  }

  @Test
  void aNullWhereTheSchemaForbidsItIsADeadLetter() throws Exception {
    Path file = directory.resolve("duck.parquet");
    TestFiles.duckDb(
        "COPY (SELECT NULL::VARCHAR AS id, 5::BIGINT AS at) TO '%s' (FORMAT parquet)"
            .formatted(file));

    assertThat(read(file)).extracting(SourceEvent::errorCode).containsExactly("SCHEMA_VIOLATION");
  }

  @Test
  void scrambledAvroCostsTheRestOfItsBlockAndSaysSo() throws IOException {
    Path file = directory.resolve("e.avro");
    files.avroBlocks(file, List.of(List.of(empty(), empty(), empty(), empty()), List.of(full())));
    byte[] bytes = Files.readAllBytes(file);
    // An empty record is 12 bytes: the length of its id, 'y', a time of -1 μs·1000 and nine unions.
    int first = indexOf(bytes, new byte[] {2, 'y'}, 0);
    int second = indexOf(bytes, new byte[] {2, 'y'}, first + 1);
    bytes[second] = (byte) 0x7F;
    Files.write(file, bytes);

    List<SourceEvent> events = read(file);

    assertThat(events)
        .extracting(SourceEvent::position)
        .containsExactly("e.avro:1", "e.avro:2", "e.avro:5");
    assertThat(events.get(1).errorCode()).isEqualTo("UNDECODABLE");
    assertThat(events.get(1).errorMessage())
        .contains("field 'id'")
        .contains("the 2 records behind it in its block are lost with it");
    assertThat(events.get(1).rawValue()).hasSize(3 * (second - first));
    assertThat(row(events.get(2))).isEqualTo(FULL);
  }

  @Test
  void aFileThatIsCutOffIsAnError() throws IOException {
    Path avro = files.avro(directory.resolve("e.avro"), CodecFactory.nullCodec(), full(), full());
    Path parquet = files.parquet(directory.resolve("e.parquet"), "uncompressed", full(), full());
    cut(avro);
    cut(parquet);

    assertThatThrownBy(() -> read(avro))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cut off behind record 0");
    assertThatThrownBy(() -> read(parquet))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a Parquet file");
  }

  @Test
  void aFolderIsAllOfItsFilesInTheOrderOfNames() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("day=1"));
    files.parquet(directory.resolve("b.parquet"), "zstd", full());
    files.avro(folder.resolve("a.avro"), CodecFactory.nullCodec(), empty());
    Files.writeString(directory.resolve("a.csv"), "id,at\nz,5\n", UTF_8);
    Files.writeString(directory.resolve("_SUCCESS.csv"), "nothing", UTF_8);
    Files.writeString(directory.resolve(".b.parquet.crc"), "nothing", UTF_8);
    Files.writeString(directory.resolve("README.txt"), "nothing", UTF_8);

    assertThat(read(directory))
        .extracting(SourceEvent::position)
        .containsExactly("a.csv:2", "b.parquet:1", "day=1/a.avro:1");
  }

  @Test
  void saysWhereThereIsNothingToRead() throws IOException {
    Path empty = Files.createDirectories(directory.resolve("empty"));

    assertThatThrownBy(() -> read(empty))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty")
        .hasMessageContaining("no file of a known ending");
    assertThatThrownBy(() -> read(directory.resolve("absent.avro")))
        .isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void aSplitOfTheFirstVersionStandsInTheOnlyFile() throws IOException {
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(42).array();
    FileSplitSerializer serializer = new FileSplitSerializer();

    assertThat(serializer.deserialize(1, bytes)).isEqualTo(new FileSplit("", 42));
    FileSplit split = new FileSplit("day=1/ä.avro", 7);
    assertThat(serializer.deserialize(2, serializer.serialize(split))).isEqualTo(split);
    assertThatThrownBy(() -> serializer.deserialize(3, bytes)).isInstanceOf(IOException.class);
  }

  private static List<SourceEvent> read(Path path) throws IOException {
    List<SourceEvent> events = new ArrayList<>();
    EventFiles all = EventFiles.of(new FileLocation(path.toString()));
    for (String name : all.byName().keySet()) {
      try (EventFile file = all.open(SOURCE, name)) {
        for (SourceEvent event = file.next(); event != null; event = file.next()) {
          events.add(event);
        }
      }
    }
    return events;
  }

  private static String row(SourceEvent event) {
    return Arrays.stream(event.row())
        .map(value -> value instanceof byte[] bytes ? Arrays.toString(bytes) : value)
        .toList()
        .toString();
  }

  private static GenericRecord full() {
    GenericRecord record = TestFiles.record(SCHEMA, "x", 1_700_000_000_123_999L);
    record.put("flag", true);
    record.put("small", 7);
    record.put("big", 8_000_000_000L);
    record.put("single", 1.5f);
    record.put("real", -2.25);
    record.put("price", ByteBuffer.wrap(new byte[] {0x04, (byte) 0xCE}));
    record.put("raw", ByteBuffer.wrap(new byte[] {0, -1}));
    record.put("tags", List.of("a", "b"));
    record.put("scores", java.util.Map.of("k", 0.5));
    return record;
  }

  private static GenericRecord empty() {
    return TestFiles.record(SCHEMA, "y", -1_000);
  }

  private static void cut(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 20));
  }

  private static int indexOf(byte[] bytes, byte[] part, int from) {
    for (int i = from; i <= bytes.length - part.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }
}
