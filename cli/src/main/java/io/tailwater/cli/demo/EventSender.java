// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.cli.console.CommandException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends events to the demo's topic, in order, and remembers them. For one thread. */
final class EventSender implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final OrderEncoder encoder;
  private final SentEvents sent;
  private final FreshnessProbe probe;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  EventSender(
      String bootstrap, String topic, OrderEncoder encoder, SentEvents sent, FreshnessProbe probe) {
    this.topic = topic;
    this.encoder = encoder;
    this.sent = sent;
    this.probe = probe;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.BATCH_SIZE_CONFIG,
                1 << 16),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /**
   * Sends one event.
   *
   * @throws CommandException if an earlier one could not be sent
   */
  void send(ProducedEvent event) {
    requireHealthy();
    byte[] bytes =
        event.bytes() == null
            ? encoder.encode(Objects.requireNonNull(event.order()))
            : event.bytes();
    sent.add(event);
    var unused =
        producer.send(
            new ProducerRecord<>(topic, event.partition(), null, bytes),
            (metadata, problem) -> onSent(event, metadata, problem));
  }

  /** Returns when the broker has everything. */
  void flush() {
    producer.flush();
    requireHealthy();
  }

  @Override
  public void close() {
    producer.close();
  }

  private void onSent(ProducedEvent event, RecordMetadata metadata, @Nullable Exception problem) {
    if (problem == null) {
      probe.arrived(event, metadata.timestamp());
    } else {
      failure.compareAndSet(null, problem);
    }
  }

  private void requireHealthy() {
    Exception problem = failure.get();
    if (problem != null) {
      throw new CommandException("Cannot write to Kafka: " + problem.getMessage(), problem);
    }
  }
}
