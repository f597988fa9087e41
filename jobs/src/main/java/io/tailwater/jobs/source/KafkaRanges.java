// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static java.util.Objects.requireNonNull;

import io.tailwater.definitions.model.EventSource;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Finds the offsets that a bounded run reads between, once, before it starts. */
public final class KafkaRanges {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private KafkaRanges() {}

  /**
   * What the source's topic holds now.
   *
   * @param fromTimestamp the record timestamp, in milliseconds since the epoch, to begin at: with
   *     the first record of each partition that has it or a later one; null for the beginning
   * @param toTimestamp the record timestamp before which to end; null for the end
   * @param from see {@link KafkaRangeLocation#from}
   * @throws IllegalArgumentException if the source has no topic
   * @throws IOException if the cluster does not answer, or has no such topic
   */
  public static KafkaRangeLocation resolve(
      EventSource source,
      KafkaLocation kafka,
      @Nullable Long fromTimestamp,
      @Nullable Long toTimestamp,
      long from)
      throws IOException {
    return resolve(
        source, KafkaSources.topic(source).topic(), kafka, fromTimestamp, toTimestamp, from);
  }

  /** The same of another topic that stands beside the source's. */
  static KafkaRangeLocation resolve(
      EventSource source,
      String topic,
      KafkaLocation kafka,
      @Nullable Long fromTimestamp,
      @Nullable Long toTimestamp,
      long from)
      throws IOException {
    Properties properties = KafkaSources.clientProperties(source, kafka);
    properties.setProperty(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(TIMEOUT.toMillis()));
    try (Admin admin = Admin.create(properties)) {
      Lookup lookup = new Lookup(admin, topic, isolation(properties));
      Set<Integer> partitions = lookup.partitions();
      Map<Integer, Long> latest = lookup.offsets(partitions, OffsetSpec.latest());
      Map<Integer, Long> ends =
          toTimestamp == null ? latest : lookup.offsetsAt(partitions, toTimestamp, latest);
      Map<Integer, Long> begins =
          fromTimestamp == null
              ? lookup.offsets(partitions, OffsetSpec.earliest())
              : lookup.offsetsAt(partitions, fromTimestamp, latest);
      begins.replaceAll((partition, begin) -> Math.min(begin, requireNonNull(ends.get(partition))));
      return new KafkaRangeLocation(kafka, begins, ends, from);
    } catch (ExecutionException | KafkaException e) {
      Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
      throw new IOException(
          "source '%s': topic '%s' at %s: %s"
              .formatted(source.name(), topic, kafka.bootstrapServers(), cause),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking Kafka for offsets", e);
    }
  }

  /** Whether there was nothing to be read, since there is no such topic. */
  static boolean isMissingTopic(IOException failure) {
    return failure.getCause() instanceof ExecutionException asked
        && asked.getCause() instanceof UnknownTopicOrPartitionException;
  }

  /** What is behind an open transaction cannot be read to its end before it has closed. */
  private static IsolationLevel isolation(Properties properties) {
    return IsolationLevel.valueOf(
        properties.getProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG).toUpperCase(Locale.ROOT));
  }

  private record Lookup(Admin admin, String topic, IsolationLevel isolation) {
    Set<Integer> partitions() throws ExecutionException, InterruptedException {
      TopicDescription description =
          requireNonNull(admin.describeTopics(Set.of(topic)).allTopicNames().get().get(topic));
      Set<Integer> partitions = new TreeSet<>();
      description.partitions().forEach(partition -> partitions.add(partition.partition()));
      return partitions;
    }

    /** Where the first record of the timestamp or a later one is; where there is none, the end. */
    Map<Integer, Long> offsetsAt(Set<Integer> partitions, long timestamp, Map<Integer, Long> latest)
        throws ExecutionException, InterruptedException {
      Map<Integer, Long> offsets =
          offsets(partitions, OffsetSpec.forTimestamp(Math.max(timestamp, 0)));
      offsets.replaceAll(
          (partition, offset) -> {
            long end = requireNonNull(latest.get(partition));
            return offset < 0 ? end : Math.min(offset, end);
          });
      return offsets;
    }

    Map<Integer, Long> offsets(Set<Integer> partitions, OffsetSpec spec)
        throws ExecutionException, InterruptedException {
      Map<TopicPartition, OffsetSpec> request = new HashMap<>();
      partitions.forEach(id -> request.put(new TopicPartition(topic, id), spec));
      Map<Integer, Long> offsets = new HashMap<>();
      admin
          .listOffsets(request, new ListOffsetsOptions(isolation))
          .all()
          .get()
          .forEach((partition, info) -> offsets.put(partition.partition(), info.offset()));
      return offsets;
    }
  }
}
