// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import static java.util.Objects.requireNonNull;

import io.tailwater.cli.console.CommandException;
import io.tailwater.definitions.model.EventSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends events to the topics of their sources, in order, and remembers them. For one thread. */
final class EventSender implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<String, String> topics = new HashMap<>();
  private final Map<String, EventEncoder> encoders = new HashMap<>();
  private final SentEvents sent;
  private final FreshnessProbe probe;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  EventSender(String bootstrap, List<EventSource> sources, SentEvents sent, FreshnessProbe probe) {
    for (EventSource source : sources) {
      topics.put(source.name(), topic(source));
      encoders.put(source.name(), new EventEncoder(source.avroSchema()));
    }
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
            ? requireNonNull(encoders.get(event.source())).encode(requireNonNull(event.event()))
            : event.bytes();
    sent.add(event);
    var unused =
        producer.send(
            new ProducerRecord<>(
                requireNonNull(topics.get(event.source())), event.partition(), null, bytes),
            (metadata, problem) -> onSent(event, metadata, problem));
  }

  /** The topic of a source that has one, as all of the demo's have. */
  static String topic(EventSource source) {
    return requireNonNull(source.kafka(), "a source of the demo has no topic").topic();
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
