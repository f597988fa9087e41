// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import java.time.Duration;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Flink's Kafka source, and beside its records the facts that {@link PartitionProgress} needs. Its
 * splits and its state are those of Flink's source.
 */
final class KafkaEventSource
    implements Source<SourceElement, KafkaPartitionSplit, KafkaSourceEnumState> {
  private static final long serialVersionUID = 1L;

  private static final long SHORTEST_TICK = 20;
  private static final long LONGEST_TICK = 250;

  private final EventSource source;
  private final KafkaLocation location;
  private final SourceOptions options;
  private final KafkaSource<SourceElement> kafka;

  /**
   * @param kafka reads from there
   */
  KafkaEventSource(
      EventSource source,
      KafkaLocation location,
      SourceOptions options,
      KafkaSource<SourceElement> kafka) {
    this.source = source;
    this.location = location;
    this.options = options;
    this.kafka = kafka;
  }

  @Override
  public Boundedness getBoundedness() {
    return kafka.getBoundedness();
  }

  @Override
  public SourceReader<SourceElement, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    String name = "progress-%s-%d".formatted(source.name(), context.getIndexOfSubtask());
    EndOffsets endOffsets =
        new KafkaEndOffsets(
            KafkaSources.topic(source).topic(),
            KafkaSources.clientProperties(source, location),
            name);
    return new KafkaEventReader(
        kafka.createReader(context),
        new SilenceWatch(source.watermark(), options.confirmEvery().toMillis()),
        new EndOffsetsInquiry(endOffsets, options.clock(), name),
        tick(source.watermark().idleAfterMillis(), options.confirmEvery().toMillis()));
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) throws Exception {
    return new AnnouncingEnumerator<>(context, kafka::createEnumerator);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
      throws Exception {
    return new AnnouncingEnumerator<>(context, own -> kafka.restoreEnumerator(own, state));
  }

  /** Often enough to date silence and ask in time, seldom enough to cost nothing. */
  private static Duration tick(long idleAfterMillis, long confirmEveryMillis) {
    long quarter = Math.min(idleAfterMillis, confirmEveryMillis) / 4;
    return Duration.ofMillis(Math.max(SHORTEST_TICK, Math.min(quarter, LONGEST_TICK)));
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return kafka.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return kafka.getEnumeratorCheckpointSerializer();
  }
}
