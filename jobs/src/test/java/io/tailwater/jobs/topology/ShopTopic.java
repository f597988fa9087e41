// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.jobs.topology.Shop.Order;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to a topic that nobody else writes to, in order, and knows where everything stands. */
final class ShopTopic implements AutoCloseable {
  private final String name;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<Integer, Long> ends = new HashMap<>();

  ShopTopic(String bootstrap, String name) {
    this.name = name;
    Properties properties = new Properties();
    properties.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Returns the record's position as dead letters tell it; it is on its way. */
  String send(int partition, byte[] value) {
    var unused = producer.send(new ProducerRecord<>(name, partition, null, value));
    long offset = ends.merge(partition, 1L, Long::sum) - 1;
    return "%s/%d/%d".formatted(name, partition, offset);
  }

  void send(int partition, List<Order> orders) {
    orders.forEach(order -> send(partition, order.bytes()));
    flush();
  }

  void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}
