// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("full")
class KafkaProcessITCase {
  private static final String TOPIC = "letters";

  @Test
  void whatWasAcknowledgedIsThereAfterAKill() throws Exception {
    try (KafkaProcess kafka = KafkaProcess.create()) {
      kafka.createTopic(TOPIC, 1);
      send(kafka.bootstrap(), 10);

      kafka.kill();
      kafka.start();

      send(kafka.bootstrap(), 1);
      assertThat(count(kafka.bootstrap())).isEqualTo(11);
    }
  }

  @Test
  void isSilentWhileItIsHaltedAndGoesOn() throws Exception {
    try (KafkaProcess kafka = KafkaProcess.create()) {
      kafka.process().suspend();
      assertThat(KafkaTopics.answers(kafka.bootstrap())).isFalse();

      kafka.process().resume();
      kafka
          .process()
          .awaitReady(Duration.ofSeconds(20), () -> KafkaTopics.answers(kafka.bootstrap()));
    }
  }

  @Test
  void endsWithAJvmThatIsKilled(@TempDir Path folder) throws Exception {
    try (KilledParent parent = new KilledParent(ServiceHolder.Service.KAFKA, folder)) {
      Path directory = parent.directory();
      List<ProcessHandle> children = parent.descendants();
      assertThat(children).isNotEmpty();

      parent.kill();

      KilledParent.awaitEnd(children);
      assertThat(directory).doesNotExist();
    }
  }

  private static void send(String bootstrap, int count) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap),
            new StringSerializer(),
            new StringSerializer())) {
      for (int i = 0; i < count; i++) {
        producer.send(new ProducerRecord<>(TOPIC, "a letter")).get(20, TimeUnit.SECONDS);
      }
    }
  }

  private static long count(String bootstrap) throws Exception {
    TopicPartition partition = new TopicPartition(TOPIC, 0);
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) bootstrap))) {
      return admin
          .listOffsets(Map.of(partition, OffsetSpec.latest()))
          .partitionResult(partition)
          .get(20, TimeUnit.SECONDS)
          .offset();
    }
  }
}
