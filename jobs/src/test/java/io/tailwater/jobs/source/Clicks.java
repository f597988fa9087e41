// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Produces click events to one topic. */
final class Clicks implements AutoCloseable {
  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;

  Clicks(String bootstrap, String topic, @Nullable String transactionalId) {
    this.topic = topic;
    Properties properties = new Properties();
    properties.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    if (transactionalId != null) {
      properties.setProperty(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    }
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    if (transactionalId != null) {
      producer.initTransactions();
    }
  }

  KafkaProducer<byte[], byte[]> producer() {
    return producer;
  }

  void sendAsync(int partition, long eventTime) {
    String json = "{\"id\": \"%d\", \"at\": %d}".formatted(eventTime, eventTime);
    var unused = producer.send(new ProducerRecord<>(topic, partition, null, json.getBytes(UTF_8)));
  }

  void send(int partition, long... eventTimes) {
    for (long eventTime : eventTimes) {
      sendAsync(partition, eventTime);
    }
    producer.flush();
  }

  void sendGarbage(int partition) throws InterruptedException, ExecutionException {
    producer.send(new ProducerRecord<>(topic, partition, null, new byte[] {1})).get();
  }

  @Override
  public void close() {
    producer.close();
  }
}
