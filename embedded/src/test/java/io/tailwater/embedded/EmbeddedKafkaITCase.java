// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class EmbeddedKafkaITCase {
  private static final TopicPartition PARTITION = new TopicPartition("orders", 1);
  private static final long LONG_AGO = 1L;

  @Test
  void keepsRecordsOverAnOutageOnTheSamePort() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.create()) {
      kafka.createTopic("orders", 2);
      produce(kafka, "first");
      String before = kafka.bootstrap();

      kafka.stop();
      kafka.stop();
      kafka.start();
      kafka.start();

      produce(kafka, "second");
      assertThat(kafka.bootstrap()).isEqualTo(before);
      assertThat(consume(kafka, 2)).containsExactly("first", "second");
    }
  }

  @Test
  void refusesAPortInUseAndNamesItsOwner() {
    try (EmbeddedKafka kafka = EmbeddedKafka.create()) {
      int port = Integer.parseInt(kafka.bootstrap().split(":", -1)[1]);

      assertThatThrownBy(() -> EmbeddedKafka.create(port))
          .isInstanceOf(EmbeddedServiceException.class)
          .hasMessageContaining("Kafka cannot listen on 127.0.0.1:" + port)
          .hasMessageContaining("choose another port");
    }
  }

  @Test
  void closesTwiceAndStaysClosed() {
    EmbeddedKafka kafka = EmbeddedKafka.create();
    kafka.close();
    kafka.close();

    assertThatThrownBy(kafka::start).isInstanceOf(IllegalStateException.class);
    Ports.requireFree("Test", Integer.parseInt(kafka.bootstrap().split(":", -1)[1]));
  }

  private static void produce(EmbeddedKafka kafka, String value) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrap()),
            new StringSerializer(),
            new StringSerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  PARTITION.topic(), PARTITION.partition(), LONG_AGO, "key", value))
          .get(30, TimeUnit.SECONDS);
    }
  }

  private static List<String> consume(EmbeddedKafka kafka, int count) {
    List<String> values = new ArrayList<>();
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrap()),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      while (values.size() < count && System.nanoTime() - deadline < 0) {
        for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofMillis(100))) {
          values.add(each.value());
        }
      }
    }
    return values;
  }
}
