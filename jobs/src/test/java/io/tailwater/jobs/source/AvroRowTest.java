// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tailwater.stores.DeadLetter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of a record that another schema has written is what Avro itself reads of it. */
class AvroRowTest {
  private static final long SEED = 20261128;

  @Test
  void readsWhatAvroReadsWhateverHasChanged() throws Exception {
    Random random = new Random(SEED);
    Schema reader = WrittenOrders.READER;
    for (int i = 0; i < 2_000; i++) {
      Schema writer = WrittenOrders.randomWriter(random);
      GenericRecord order = WrittenOrders.random(writer, random);
      byte[] bytes = WrittenOrders.binary(order);

      AvroInput input = new AvroInput();
      input.reset(bytes);
      Object[] row = AvroRow.of(WrittenOrders.source(null), writer).readLast(input);

      GenericRecord resolved =
          new GenericDatumReader<GenericRecord>(writer, reader)
              .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
      List<Object> expected = new ArrayList<>();
      reader.getFields().forEach(field -> expected.add(plain(resolved.get(field.pos()))));
      assertThat(plain(Arrays.asList(row)))
          .as("seed %d, number %d: %s written with %s", SEED, i, order, writer)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id       |        | no field 'id' (STRING)",
        "at       |        | no field 'at' (TIMESTAMP)",
        "price    |        | no field 'price' (DOUBLE)",
        "price    | string | field 'price' is not DOUBLE",
        "quantity | double | field 'quantity' is not INT64",
      })
  void tellsEachFieldThatAWriterDoesNotHave(String field, String written, String problem) {
    Schema writer = WrittenOrders.with(field, written);

    assertThatThrownBy(() -> AvroRow.of(WrittenOrders.source(null), writer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void takesNoDefaultForTheIdOfAnEvent() {
    Schema writer = WrittenOrders.with("status", null);

    assertThatThrownBy(() -> AvroRow.of(WrittenOrders.source("status", null), writer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no field 'status' (STRING)");
  }

  @Test
  void readsAFieldUnderItsOwnNameEvenIfAnotherHasItForAnAlias() throws Exception {
    Schema writer = WrittenOrders.with("state", "string");
    GenericRecord order = WrittenOrders.random(writer, new Random(SEED));
    order.put("state", "ALIAS");
    order.put("status", "OWN");

    assertThat(read(writer, order)).contains("OWN").doesNotContain("ALIAS");
  }

  @Test
  void refusesValuesNestedDeeperThanAnyStack() {
    Schema list =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Node", "fields": [{"name": "next", "type": ["null", "Node"]}]}
                """);
    byte[] bytes = new byte[5_000_000];
    Arrays.fill(bytes, (byte) 2);
    AvroInput input = new AvroInput();
    input.reset(bytes);

    RejectedException refused =
        catchThrowableOfType(RejectedException.class, () -> AvroSkipper.skip(list, input));

    assertThat(refused.code()).isEqualTo(DeadLetter.Code.UNDECODABLE);
    assertThat(refused).hasMessageContaining("nested more than");
  }

  @Test
  void passesOverItemsWithoutBytesAtNoCost() throws Exception {
    Schema nulls = Schema.createArray(Schema.create(Schema.Type.NULL));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    for (int left = 400_000; left > 10; left -= 5) {
      encoder.writeLong(left);
    }
    encoder.writeLong(0);
    encoder.flush();
    AvroInput input = new AvroInput();
    input.reset(Arrays.copyOf(bytes.toByteArray(), 1_000_000));

    AvroSkipper.skip(nulls, input);

    assertThat(input.position()).isEqualTo(bytes.size());
  }

  private static Object[] read(Schema writer, GenericRecord order) throws Exception {
    AvroInput input = new AvroInput();
    input.reset(WrittenOrders.binary(order));
    return AvroRow.of(WrittenOrders.source(null), writer).readLast(input);
  }

  /** Values of Avro's and of ours in what compares by content. */
  private static Object plain(Object value) {
    if (value instanceof CharSequence text) {
      return text.toString();
    }
    if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return plain(bytes);
    }
    if (value instanceof byte[] bytes) {
      return "bytes " + HexFormat.of().formatHex(bytes);
    }
    if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      list.forEach(item -> items.add(plain(item)));
      return items;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> items = new TreeMap<>();
      map.forEach((key, item) -> items.put(key.toString(), plain(item)));
      return items;
    }
    return value;
  }
}
