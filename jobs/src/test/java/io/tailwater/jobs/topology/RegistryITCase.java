// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.KafkaTopic;
import io.tailwater.definitions.model.KafkaTopic.Format;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.SchemaRegistrySettings;
import io.tailwater.embedded.Await;
import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.jobs.accounting.ViewAccounting;
import io.tailwater.jobs.registry.ApicurioRegistry;
import io.tailwater.jobs.registry.SchemaRegistry;
import io.tailwater.jobs.source.KafkaLocation;
import io.tailwater.jobs.source.KafkaOnFlink;
import io.tailwater.jobs.source.KafkaRanges;
import io.tailwater.jobs.source.KafkaScan;
import io.tailwater.jobs.source.SourceEvent;
import io.tailwater.jobs.topology.Shop.Order;
import io.tailwater.stores.DeadLetter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events whose schemas are in a real registry, over a real broker and the real graph. */
class RegistryITCase extends KafkaOnFlink {
  private static final long SEED = 3;
  private static final int ROUNDS = 200;
  private static final int NOBODYS_ID = 9_000;
  private static final String TIME = "{\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}";

  /** What events are read with. */
  private static final String READER =
      """
      {"type": "record", "name": "Order", "fields": [
        {"name": "order_id", "type": "string"},
        {"name": "at", "type": %s},
        {"name": "customer_id", "type": "long"},
        {"name": "amount", "type": "double", "default": 0.75}
      ]}
      """
          .formatted(TIME);

  private static final Schema NARROW =
      schema(
          """
          {"name": "order_id", "type": "string"},
          {"name": "at", "type": %s},
          {"name": "customer_id", "type": "int"},
          {"name": "amount", "type": "float"}
          """);

  private static final Schema REORDERED =
      schema(
          """
          {"name": "amount", "type": "double"},
          {"name": "lines", "type": {"type": "array", "items":
            {"type": "record", "name": "Line", "fields": [{"name": "sku", "type": "string"}]}}},
          {"name": "customer_id", "type": "long"},
          {"name": "coupon", "type": ["null", "string"], "default": null},
          {"name": "at", "type": %s},
          {"name": "order_id", "type": "string"}
          """);

  private static final Schema WITHOUT_AMOUNT =
      schema(
          """
          {"name": "order_id", "type": "string"},
          {"name": "at", "type": %s},
          {"name": "customer_id", "type": "long"}
          """);

  private static final Schema WITHOUT_CUSTOMER =
      schema("{\"name\": \"order_id\", \"type\": \"string\"}, {\"name\": \"at\", \"type\": %s}");

  @TempDir static Path registryDirectory;
  private static ApicurioRegistry registry;

  @TempDir private Path directory;

  private final List<Order> orders = new ArrayList<>();
  private final Map<String, byte[]> refused = new HashMap<>();
  private final Map<DeadLetter.Code, Integer> causes = new HashMap<>();

  @BeforeAll
  static void startRegistry() throws IOException {
    registry = new ApicurioRegistry(registryDirectory);
    registry.start();
  }

  @AfterAll
  static void stopRegistry() {
    registry.close();
  }

  @Test
  void aSchemaThatChangesUnderWayGivesTheValuesOfAllEventsAndEachBadRecordItsCause()
      throws Exception {
    int narrow = registry.register(topic, NARROW);
    int reordered = registry.register(topic + "-next", REORDERED);
    int shorter = registry.register(topic + "-last", WITHOUT_AMOUNT);
    int strange = registry.register(topic + "-strange", WITHOUT_CUSTOMER);
    kafka.createTopic(topic, 2);
    Random random = new Random(SEED);
    try (ShopTopic kafkaTopic = new ShopTopic(kafka.bootstrap(), topic);
        ShopJob job = start(registry.settings(), PipelineConfiguration.base())) {
      for (int i = 0; i < ROUNDS; i++) {
        send(kafkaTopic, i, narrow, NARROW);
      }
      for (int i = ROUNDS; i < 2 * ROUNDS; i++) {
        send(kafkaTopic, i, narrow, NARROW);
        send(kafkaTopic, i, reordered, REORDERED);
        send(kafkaTopic, i, shorter, WITHOUT_AMOUNT);
        sendBad(
            kafkaTopic,
            i,
            record(strange, order(i), WITHOUT_CUSTOMER),
            DeadLetter.Code.INCOMPATIBLE_SCHEMA);
        sendBad(
            kafkaTopic,
            i,
            record(NOBODYS_ID + i % 7, order(i), NARROW),
            DeadLetter.Code.UNKNOWN_SCHEMA);
        byte[] good = record(reordered, order(i), REORDERED);
        sendBad(kafkaTopic, i, Arrays.copyOf(good, random.nextInt(5)), DeadLetter.Code.UNDECODABLE);
        good[0] = (byte) (1 + random.nextInt(255));
        sendBad(kafkaTopic, i, good, DeadLetter.Code.UNDECODABLE);
      }
      kafkaTopic.flush();
      check(job);
    }
    checkScan();
  }

  @Test
  void aSchemaMayReferToAnother() throws Exception {
    Schema channel = SchemaBuilder.enumeration("Channel").symbols("WEB", "SHOP");
    registry.register(topic + "-channel", channel);
    int id =
        registry.register(
            topic,
            """
            {"schema": "{\\"type\\": \\"record\\", \\"name\\": \\"Order\\", \\"fields\\": [{\\"name\\": \\"channel\\", \\"type\\": \\"Channel\\"}]}",
             "references": [{"name": "Channel", "subject": "%s-channel", "version": 1}]}
            """
                .formatted(topic));

    assertThat(new SchemaRegistry(registry.settings()).schema(id).getField("channel").schema())
        .isEqualTo(channel);
  }

  @Test
  @Tag("full") // Starts the registry five times.
  void aRegistryThatIsDownHoldsTheJobUpAndCostsNoEvent() throws Exception {
    int narrow = registry.register(topic, NARROW);
    int reordered = registry.register(topic + "-next", REORDERED);
    registry.stop();
    // The first one waits for the registry; the second one fails, and is started again by Flink.
    for (Duration patience : List.of(Duration.ofMinutes(1), Duration.ofMillis(200))) {
      orders.clear();
      topic = topic + "-" + patience.toMillis();
      kafka.createTopic(topic, 2);
      SchemaRegistrySettings settings = registry.settings().withRetryFor(patience.toMillis());
      try (ShopTopic kafkaTopic = new ShopTopic(kafka.bootstrap(), topic);
          ShopJob job =
              start(
                  settings,
                  PipelineConfiguration.stream(
                      directory.toUri().toString(), Duration.ofMillis(200), "hashmap"))) {
        for (int i = 0; i < ROUNDS; i++) {
          send(kafkaTopic, i, narrow, NARROW);
        }
        kafkaTopic.flush();
        registry.start();
        awaitEvents(job);

        registry.stop();
        for (int i = ROUNDS; i < 2 * ROUNDS; i++) {
          send(kafkaTopic, i, narrow, NARROW);
          send(kafkaTopic, i, reordered, REORDERED);
        }
        kafkaTopic.flush();
        registry.start();
        awaitEvents(job);
        job.stopWithSavepoint(directory);
        assertThat(job.stores().deadLetters()).isEmpty();
        assertThat(job.accounting().count(Verdict.APPLIED)).isEqualTo(orders.size());
        assertThat(job.accounting().isBalanced()).isTrue();
        registry.stop();
      }
    }
    registry.start();
  }

  private static Schema schema(String fields) {
    return new Schema.Parser()
        .parse(
            "{\"type\": \"record\", \"name\": \"Order\", \"fields\": [%s]}"
                .formatted(fields.formatted(TIME)));
  }

  private Project project() {
    return Shop.project(new KafkaTopic(topic, Format.AVRO_CONFLUENT), READER);
  }

  private ShopJob start(SchemaRegistrySettings settings, Configuration configuration)
      throws Exception {
    return ShopJob.start(
        flink,
        kafka,
        ShopJob.Plan.of(topic, clock).withSettings(configuration).withRegistry(settings),
        project());
  }

  private static Order order(int number) {
    return new Order(number % 5, NOW - Shop.HOUR + 1_000L * number, number / 4.0);
  }

  private void send(ShopTopic kafkaTopic, int number, int schemaId, Schema schema)
      throws IOException {
    // Apart in time by their schemas, so that no two are the same order.
    Order made = order(number);
    Order order =
        new Order(
            made.customer(),
            made.time() + schema.getFields().size(),
            schema.getField("amount") == null ? 0.75 : made.amount());
    orders.add(order);
    kafkaTopic.send(number % 2, record(schemaId, order, schema));
  }

  private void sendBad(ShopTopic kafkaTopic, int number, byte[] bytes, DeadLetter.Code code) {
    refused.put(kafkaTopic.send(number % 2, bytes), bytes);
    causes.merge(code, 1, Integer::sum);
  }

  /** As Confluent's serializers write it. */
  private static byte[] record(int schemaId, Order order, Schema schema) throws IOException {
    GenericRecord values = new GenericData.Record(schema);
    values.put("order_id", "%d-%d".formatted(order.time(), order.customer()));
    values.put("at", order.time());
    if (schema.getField("customer_id") != null) {
      boolean narrow = schema.getField("customer_id").schema().getType() == Schema.Type.INT;
      values.put("customer_id", narrow ? (Object) (int) order.customer() : order.customer());
    }
    if (schema.getField("amount") != null) {
      boolean narrow = schema.getField("amount").schema().getType() == Schema.Type.FLOAT;
      values.put("amount", narrow ? (Object) (float) order.amount() : order.amount());
    }
    if (schema.getField("lines") != null) {
      Schema line = schema.getField("lines").schema().getElementType();
      GenericRecord one = new GenericData.Record(line);
      one.put("sku", "s");
      values.put("lines", List.of(one, one));
      values.put("coupon", "c");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(schemaId).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(schema).write(values, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private void awaitEvents(ShopJob job) {
    Await.until(
        () ->
            "%d of %d events, %s"
                .formatted(job.stores().events(), orders.size(), job.stores().deadLetters()),
        () -> job.stores().events() == orders.size());
  }

  private void check(ShopJob job) throws Exception {
    awaitEvents(job);
    Await.until(
        () -> "%d of %d dead letters".formatted(job.stores().deadLetters().size(), refused.size()),
        () -> job.stores().deadLetters().size() == refused.size());
    job.stopWithSavepoint(directory);

    for (DeadLetter letter : job.stores().deadLetters()) {
      assertThat(letter.value()).as(letter.toString()).isEqualTo(refused.get(letter.position()));
    }
    causes.forEach(
        (code, count) ->
            assertThat(job.stores().deadLetters())
                .filteredOn(letter -> letter.code().equals(code.name()))
                .as(code.name())
                .hasSize(count));
    assertThat(job.stores().deadLetters())
        .filteredOn(letter -> letter.code().equals(DeadLetter.Code.INCOMPATIBLE_SCHEMA.name()))
        .allMatch(letter -> letter.message().contains("no field 'customer_id' (INT64)"));
    ViewAccounting accounting = job.accounting();
    assertThat(accounting.count(Verdict.APPLIED)).isEqualTo(orders.size());
    assertThat(accounting.count(Verdict.MALFORMED)).isEqualTo(refused.size());
    assertThat(accounting.isBalanced()).isTrue();
    long newest = orders.stream().mapToLong(Order::time).max().orElseThrow();
    new Naive(orders.stream().sorted(Comparator.comparing(Order::time)).toList())
        .checkOnline(job.stores(), newest);
  }

  /** What a bounded run reads is the same. */
  private void checkScan() throws IOException {
    EventSource source = project().sources().get(0);
    KafkaLocation location =
        KafkaLocation.of(kafka.bootstrap()).withSchemaRegistry(registry.settings());
    List<SourceEvent> events = new ArrayList<>();
    KafkaScan.forEach(
        source, KafkaRanges.resolve(source, location, null, null, Long.MIN_VALUE), events::add);
    assertThat(events).hasSize(orders.size() + refused.size());
    assertThat(events)
        .filteredOn(event -> event.row() != null)
        .extracting(event -> event.row()[3])
        .containsExactlyInAnyOrderElementsOf(
            orders.stream().map(order -> (Object) order.amount()).toList());
  }
}
