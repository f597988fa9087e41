// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tailwater.stores.DeadLetter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroRowDecoderTest {
  private static final Schema SCHEMA = new Schema.Parser().parse(TestSources.EVERY_TYPE_SCHEMA);

  private final AvroRowDecoder decoder = new AvroRowDecoder(TestSources.everyType());

  @Test
  void decodesWhatAvroItselfEncodes() throws Exception {
    GenericRecord event = minimal();
    event.put("flag", true);
    event.put("small", Integer.MIN_VALUE);
    event.put("big", Long.MAX_VALUE);
    event.put("single", 1.5f);
    event.put("real", -0.0);
    event.put("price", ByteBuffer.wrap(new BigDecimal("-12.34").unscaledValue().toByteArray()));
    event.put("raw", ByteBuffer.wrap(new byte[] {0, -1}));
    event.put("tags", List.of("ä", ""));
    event.put("scores", Map.of("x", 2.0));

    assertThat(decoder.decode(encoded(event)))
        .containsExactly(
            "a",
            1L,
            true,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            1.5f,
            0.0,
            new BigDecimal("-12.34"),
            new byte[] {0, -1},
            List.of("ä", ""),
            Map.of("x", 2.0));
  }

  @Test
  void floorsInstantsToMilliseconds() throws Exception {
    GenericRecord event = minimal();
    event.put("at", -1L);

    assertThat(decoder.decode(encoded(event))[1]).isEqualTo(-1L);
  }

  @Test
  void readsNullsInEitherPlaceOfAUnion() throws Exception {
    assertThat(decoder.decode(encoded(minimal())))
        .startsWith("a", 1L)
        .filteredOn(java.util.Objects::isNull)
        .hasSize(9);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesNumbersThatAreNotFinite(double number) throws Exception {
    GenericRecord event = minimal();
    event.put("real", number);

    RejectedException rejected = rejection(encoded(event));

    assertThat(rejected.code()).isEqualTo(DeadLetter.Code.SCHEMA_VIOLATION);
    assertThat(rejected).hasMessageContaining("'real'").hasMessageContaining("" + number);
  }

  @Test
  void refusesDecimalsWithMoreDigitsThanTheType() throws Exception {
    GenericRecord event = minimal();
    event.put(
        "price", ByteBuffer.wrap(new BigDecimal("1e9").setScale(2).unscaledValue().toByteArray()));

    assertThat(rejection(encoded(event)).code()).isEqualTo(DeadLetter.Code.SCHEMA_VIOLATION);
  }

  @Test
  void refusesBytesBehindTheRecord() throws Exception {
    byte[] bytes = encoded(minimal());

    RejectedException rejected = rejection(Arrays.copyOf(bytes, bytes.length + 1));

    assertThat(rejected.code()).isEqualTo(DeadLetter.Code.UNDECODABLE);
    assertThat(rejected).hasMessageContaining("1 bytes behind the record");
  }

  @Test
  void refusesEveryTruncation() throws Exception {
    GenericRecord event = minimal();
    event.put("real", Double.NaN);
    event.put("tags", List.of("x", "y"));
    byte[] bytes = encoded(event);

    for (int length = 0; length < bytes.length; length++) {
      assertThat(rejection(Arrays.copyOf(bytes, length)).code())
          .as("%d of %d bytes", length, bytes.length)
          .isEqualTo(DeadLetter.Code.UNDECODABLE);
    }
  }

  @Test
  void refusesHostileLengthsWithoutAllocatingThem() throws Exception {
    // The id claims 2^62 bytes; the tags, a block of 2^62 items.
    assertThatThrownBy(() -> decoder.decode(varint(1L << 62)))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("'id'")
        .hasMessageContaining("length");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(encodedPrefixUpToTags());
    bytes.writeBytes(varint(1L << 62));
    assertThatThrownBy(() -> decoder.decode(bytes.toByteArray()))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("'tags'")
        .hasMessageContaining("block");
  }

  @Test
  void refusesTextThatIsNotUtf8() {
    assertThatThrownBy(() -> decoder.decode(new byte[] {2, (byte) 0xFF, 0}))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("UTF-8");
  }

  private static GenericRecord minimal() {
    GenericRecord event = new GenericData.Record(SCHEMA);
    event.put("id", "a");
    event.put("at", 1_999L);
    return event;
  }

  private static byte[] encoded(GenericRecord event) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(SCHEMA).write(event, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  // id "a", at 0, and the null branches up to the tags, whose array branch is chosen.
  private static byte[] encodedPrefixUpToTags() {
    return new byte[] {2, 'a', 0, 0, 0, 2, 0, 0, 0, 0, 2};
  }

  private static byte[] varint(long value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    encoder.writeLong(value);
    encoder.flush();
    return bytes.toByteArray();
  }

  private RejectedException rejection(byte[] bytes) {
    return catchThrowableOfType(RejectedException.class, () -> decoder.decode(bytes));
  }
}
