// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tailwater.definitions.model.KafkaTopic;
import io.tailwater.definitions.model.KafkaTopic.Format;
import io.tailwater.definitions.settings.SchemaRegistrySettings;
import io.tailwater.definitions.settings.SchemaRegistrySettings.Credentials;
import io.tailwater.jobs.registry.SchemaRegistry;
import io.tailwater.jobs.registry.ScriptedRegistry;
import io.tailwater.stores.DeadLetter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfluentRowDecoderTest {
  private static final long SEED = 7;
  private static final Schema NARROW = WrittenOrders.with("quantity", "int");

  @TempDir private Path folder;

  private final AtomicLong nanos = new AtomicLong();

  private ScriptedRegistry registry;
  private ConfluentRowDecoder decoder;
  private EventDecoder events;

  @BeforeEach
  void start() throws IOException {
    registry = new ScriptedRegistry();
    registry.register(1, WrittenOrders.READER);
    registry.register(2, NARROW);
    decoder =
        new ConfluentRowDecoder(
            new RegisteredRows(
                WrittenOrders.source(null), new SchemaRegistry(registry.settings()), nanos::get));
    events = new EventDecoder(WrittenOrders.source(null), decoder);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void readsEachRecordByTheSchemaThatItNames() throws Exception {
    GenericRecord wide = order(WrittenOrders.READER);
    wide.put("quantity", 1L << 40);
    GenericRecord narrow = order(NARROW);
    narrow.put("quantity", -3);

    for (int i = 0; i < 100; i++) {
      assertThat(decode(WrittenOrders.confluent(1, wide)).row()[2]).isEqualTo(1L << 40);
      assertThat(decode(WrittenOrders.confluent(2, narrow)).row()[2]).isEqualTo(-3L);
    }
    assertThat(registry.asked()).containsExactly("/schemas/ids/1", "/schemas/ids/2");
  }

  @Test
  void refusesEveryTruncation() throws Exception {
    byte[] bytes = WrittenOrders.confluent(1, order(WrittenOrders.READER));

    for (int length = 0; length < bytes.length; length++) {
      assertThat(decode(Arrays.copyOf(bytes, length)).errorCode())
          .as("%d of %d bytes", length, bytes.length)
          .isEqualTo(DeadLetter.Code.UNDECODABLE.name());
    }
    assertThat(decode(Arrays.copyOf(bytes, bytes.length + 1)).errorMessage())
        .contains("1 bytes behind the record");
  }

  @Test
  void tellsATruncatedHeaderAndAnotherMagicByte() throws Exception {
    assertThat(decode(new byte[] {0, 0, 0, 1}).errorMessage())
        .isEqualTo(
            "found 4 bytes, expected 0x00 and the four bytes of a schema id before the record");
    assertThat(decode(new byte[] {1, 0, 0, 0, 1, 2}).errorMessage())
        .isEqualTo("found 0x01 in the first byte, expected 0x00 and a schema id");
    assertThat(registry.asked()).isEmpty();
  }

  @Test
  void keepsTheWholeBytesOfWhatItRefuses() throws Exception {
    byte[] bytes = WrittenOrders.confluent(99, order(NARROW));

    SourceEvent refused = decode(bytes);

    assertThat(refused.errorCode()).isEqualTo(DeadLetter.Code.UNKNOWN_SCHEMA.name());
    assertThat(refused.errorMessage()).contains("schema id 99", "40403");
    assertThat(refused.rawValue()).isEqualTo(bytes);
  }

  @Test
  void asksOnceForAnIdThatManyRecordsNameAndNobodyKnows() throws Exception {
    byte[] bytes = WrittenOrders.confluent(99, order(NARROW));
    for (int i = 0; i < 1_000; i++) {
      assertThat(decode(bytes).errorCode()).isEqualTo(DeadLetter.Code.UNKNOWN_SCHEMA.name());
    }
    assertThat(registry.asked()).hasSize(1);

    registry.register(99, NARROW);
    nanos.addAndGet(Duration.ofSeconds(29).toNanos());
    assertThat(decode(bytes).errorCode()).isEqualTo(DeadLetter.Code.UNKNOWN_SCHEMA.name());
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(decode(bytes).errorCode()).isNull();
    assertThat(registry.asked()).hasSize(2);
  }

  @Test
  void remembersSchemasInUseThroughAFloodOfUnknownIds() throws Exception {
    byte[] good = WrittenOrders.confluent(1, order(WrittenOrders.READER));
    byte[] bad = WrittenOrders.confluent(0, order(NARROW));
    for (int id = 1_000; id < 1_500; id++) {
      bad[3] = (byte) (id >> 8);
      bad[4] = (byte) id;
      assertThat(decode(bad).errorCode()).isEqualTo(DeadLetter.Code.UNKNOWN_SCHEMA.name());
      assertThat(decode(good).errorCode()).isNull();
    }
    assertThat(registry.asked()).hasSize(501).doesNotHaveDuplicates();
  }

  @Test
  void doesNotAskForANegativeId() throws Exception {
    assertThat(decode(WrittenOrders.confluent(-1, order(NARROW))).errorCode())
        .isEqualTo(DeadLetter.Code.UNKNOWN_SCHEMA.name());
    assertThat(registry.asked()).isEmpty();
  }

  @Test
  void tellsTheFieldsThatAWritersSchemaDoesNotHave() throws Exception {
    registry.register(3, WrittenOrders.with("price", "string"));
    registry.register(4, WrittenOrders.with("id", null));

    SourceEvent otherType =
        decode(WrittenOrders.confluent(3, order(WrittenOrders.with("price", "string"))));
    SourceEvent missing = decode(WrittenOrders.confluent(4, order(WrittenOrders.with("id", null))));

    assertThat(otherType.errorCode()).isEqualTo(DeadLetter.Code.INCOMPATIBLE_SCHEMA.name());
    assertThat(otherType.errorMessage()).contains("schema id 3", "field 'price' is not DOUBLE");
    assertThat(missing.errorCode()).isEqualTo(DeadLetter.Code.INCOMPATIBLE_SCHEMA.name());
    assertThat(missing.errorMessage()).contains("schema id 4", "no field 'id' (STRING)");
  }

  @Test
  void failsTheJobAndGivesNoRecordUpWhileTheRegistryIsDown() throws Exception {
    byte[] known = WrittenOrders.confluent(1, order(WrittenOrders.READER));
    byte[] unknown = WrittenOrders.confluent(2, order(NARROW));
    decode(known);
    registry.close();

    assertThatThrownBy(() -> decode(unknown)).isInstanceOf(IOException.class);
    assertThat(decode(known).errorCode()).isNull();
  }

  @Test
  void aSecretInAFileDoesNotTravelWithTheJob() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "hush");
    KafkaTopic topic = new KafkaTopic("orders", Format.AVRO_CONFLUENT);
    SchemaRegistrySettings settings =
        registry.settings().withCredentials(new Credentials("u", file.toString(), true));

    byte[] job =
        InstantiationUtil.serializeObject(
            new KafkaEventDeserializer(WrittenOrders.source(topic), topic, 0, settings));

    assertThat(new String(job, StandardCharsets.ISO_8859_1))
        .contains(file.toString())
        .doesNotContain("hush");
  }

  @Test
  void wantsARegistry() {
    KafkaTopic topic = new KafkaTopic("orders", Format.AVRO_CONFLUENT);

    assertThat(
            catchThrowableOfType(
                IllegalArgumentException.class,
                () -> KafkaEventDeserializer.rows(WrittenOrders.source(topic), topic, null)))
        .hasMessageContaining("'orders'")
        .hasMessageContaining("kafka.schema_registry");
  }

  private static GenericRecord order(Schema schema) {
    return WrittenOrders.random(schema, new Random(SEED));
  }

  private SourceEvent decode(byte[] bytes) throws IOException {
    return events.decode("orders/0/0", null, bytes);
  }
}
