// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.deadletters;

import io.tailwater.jobs.source.KafkaLocation;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends records and the entries of the log about them, each batch in one transaction of Kafka.
 *
 * <p>There is one transactional id a topic of dead letters. So a run that begins ends what an
 * earlier one has left open, and one that still runs is refused from then on. Not thread-safe.
 */
final class ReplayProducer implements Closeable {
  /** A stream waits behind an open transaction, and so behind that of a run that was killed. */
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(30);

  private static final int MAX_REQUEST = 64 << 20;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String deadLetters;

  private ReplayProducer(KafkaProducer<byte[], byte[]> producer, String deadLetters) {
    this.producer = producer;
    this.deadLetters = deadLetters;
  }

  /**
   * A producer for the letters of a topic; when it returns, no earlier run can send any more.
   *
   * @throws IOException if Kafka fails
   */
  static ReplayProducer open(KafkaLocation kafka, String deadLetters) throws IOException {
    Map<String, Object> properties = new HashMap<>(kafka.properties());
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "tailwater-replay-" + deadLetters);
    properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) TRANSACTION_TIMEOUT.toMillis());
    properties.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST);
    properties.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * MAX_REQUEST);
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    ReplayProducer opened = new ReplayProducer(producer, deadLetters);
    try {
      producer.initTransactions();
      return opened;
    } catch (KafkaException e) {
      opened.close();
      throw opened.failure(e);
    }
  }

  /**
   * A record that is replayed.
   *
   * @param refused the position at which it was refused
   * @param replay what it is then
   * @param sent what goes to the source's topic
   */
  record Item(String refused, ReplayedRecord replay, ProducerRecord<byte[], byte[]> sent) {}

  /**
   * Sends a batch: all of it counts, or nothing.
   *
   * @param beforeCommit run when everything was sent and nothing counts yet
   * @throws IOException if Kafka fails
   */
  void send(List<Item> batch, Runnable beforeCommit) throws IOException {
    try {
      producer.beginTransaction();
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      batch.forEach(item -> sent.add(producer.send(item.sent())));
      producer.flush();
      List<Future<RecordMetadata>> logged = new ArrayList<>();
      for (int i = 0; i < batch.size(); i++) {
        Item item = batch.get(i);
        RecordMetadata place = acknowledged(item, sent.get(i));
        String position = "%s/%d/%d".formatted(place.topic(), place.partition(), place.offset());
        logged.add(
            producer.send(ReplayLog.entry(deadLetters, item.refused(), position, item.replay())));
      }
      producer.flush();
      for (int i = 0; i < batch.size(); i++) {
        acknowledged(batch.get(i), logged.get(i));
      }
      beforeCommit.run();
      producer.commitTransaction();
    } catch (KafkaException e) {
      throw failure(e);
    }
  }

  private RecordMetadata acknowledged(Item item, Future<RecordMetadata> sent) throws IOException {
    try {
      return sent.get();
    } catch (ExecutionException e) {
      if (isFenced(e)) {
        throw failure(e);
      }
      throw new IOException(
          "Kafka refuses the record of %s: %s; nothing of its batch was replayed. Leave it out by --code, --source, --since or --until"
              .formatted(item.refused(), e.getCause()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while replaying", e);
    }
  }

  private IOException failure(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return isFenced(e)
        ? new IOException(
            "another replay of '%s' has begun, and this one ends: what it had not committed does not count"
                .formatted(deadLetters),
            e)
        : new IOException(
            "Kafka fails the replay of '%s': %s; what was committed stays, so run it again"
                .formatted(deadLetters, cause),
            e);
  }

  private static boolean isFenced(@Nullable Throwable failure) {
    Throwable cause = failure;
    while (cause != null) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** Rolls back what was not committed. */
  @Override
  public void close() {
    producer.close();
  }
}
