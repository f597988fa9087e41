// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tailwater.definitions.model.KafkaTopic;
import io.tailwater.definitions.model.KafkaTopic.Format;
import io.tailwater.stores.DeadLetter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

class SingleObjectRowDecoderTest {
  private static final long SEED = 11;
  private static final Schema NARROW = WrittenOrders.with("quantity", "int");
  private static final Schema SHORT = WrittenOrders.with("status", null);

  private final SingleObjectRowDecoder decoder = decoder(NARROW, SHORT);

  @Test
  void readsWhatAvrosOwnEncoderWritesInAnyOfItsSchemas() throws Exception {
    GenericRecord narrow = order(NARROW);
    narrow.put("quantity", -3);

    assertThat(decoder.decode(encoded(narrow))[2]).isEqualTo(-3L);
    assertThat(decoder.decode(encoded(order(SHORT)))).contains("NEW");
    assertThat(decoder.decode(encoded(order(WrittenOrders.READER)))).hasSize(10);
  }

  @Test
  void refusesASchemaThatItWasNotGiven() throws Exception {
    byte[] bytes = encoded(order(WrittenOrders.with("price", "float")));

    RejectedException refused = refusal(bytes);

    assertThat(refused.code()).isEqualTo(DeadLetter.Code.UNKNOWN_SCHEMA);
    assertThat(refused)
        .hasMessageContaining(
            "%016x"
                .formatted(
                    SchemaNormalization.parsingFingerprint64(WrittenOrders.with("price", "float"))))
        .hasMessageContaining("kafka.writer_schemas");
  }

  @Test
  void refusesEveryTruncation() throws Exception {
    byte[] bytes = encoded(order(NARROW));

    for (int length = 0; length < bytes.length; length++) {
      assertThat(refusal(Arrays.copyOf(bytes, length)).code())
          .as("%d of %d bytes", length, bytes.length)
          .isEqualTo(DeadLetter.Code.UNDECODABLE);
    }
    assertThat(refusal(Arrays.copyOf(bytes, bytes.length + 2)))
        .hasMessageContaining("2 bytes behind the record");
  }

  @Test
  void refusesAnotherMarker() throws Exception {
    byte[] bytes = encoded(order(NARROW));
    bytes[1] = 2;

    assertThat(refusal(bytes)).hasMessageContaining("found C3 02 in the first bytes");
  }

  @Test
  void refusesADefinitionWithASchemaThatLacksAField() {
    assertThatThrownBy(() -> decoder(WrittenOrders.with("id", null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("source 'orders', schema 'Order' in kafka.writer_schemas")
        .hasMessageContaining("no field 'id'");
  }

  @Test
  void refusesSchemasThatTheirFingerprintsDoNotTellApart() {
    String micros = WrittenOrders.READER.toString().replace("timestamp-millis", "timestamp-micros");

    assertThatThrownBy(() -> decoder(new Schema.Parser().parse(micros)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("logical types")
        .hasMessageContaining("fingerprint");
    decoder(WrittenOrders.READER, WrittenOrders.READER);
  }

  private static SingleObjectRowDecoder decoder(Schema... writers) {
    List<String> schemas = Stream.of(writers).map(Schema::toString).toList();
    KafkaTopic topic = new KafkaTopic("orders", Format.AVRO_SINGLE_OBJECT, schemas);
    return new SingleObjectRowDecoder(WrittenOrders.source(topic), topic);
  }

  private static GenericRecord order(Schema schema) {
    return WrittenOrders.random(schema, new Random(SEED));
  }

  private static byte[] encoded(GenericRecord order) throws IOException {
    ByteBuffer bytes =
        new BinaryMessageEncoder<GenericRecord>(GenericData.get(), order.getSchema()).encode(order);
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return copy;
  }

  private RejectedException refusal(byte[] bytes) {
    return catchThrowableOfType(RejectedException.class, () -> decoder.decode(bytes));
  }
}
