// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/**
 * Flink's Kafka reader, with facts about its partitions put in between its records. A fact goes out
 * before whatever the reader hands on later, so that it holds for what stands before it.
 */
@SuppressWarnings("try") // Closing may be interrupted, as closing Flink's own readers may.
final class KafkaEventReader implements SourceReader<SourceElement, KafkaPartitionSplit> {
  private final SourceReader<SourceElement, KafkaPartitionSplit> reader;
  private final SilenceWatch watch;
  private final EndOffsetsInquiry inquiry;
  private final Duration tick;
  private final Queue<SourceElement> facts = new ArrayDeque<>();
  private @Nullable WatchedOutput output;

  KafkaEventReader(
      SourceReader<SourceElement, KafkaPartitionSplit> reader,
      SilenceWatch watch,
      EndOffsetsInquiry inquiry,
      Duration tick) {
    this.reader = reader;
    this.watch = watch;
    this.inquiry = inquiry;
    this.tick = tick;
  }

  @Override
  public void start() {
    reader.start();
    inquiry.start(tick);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<SourceElement> target) throws Exception {
    if (inquiry.pollTick()) {
      followUp();
    }
    SourceElement fact = facts.poll();
    if (fact != null) {
      target.collect(fact);
      return InputStatus.MORE_AVAILABLE;
    }
    return reader.pollNext(watched(target));
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    if (!facts.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> records = reader.isAvailable();
    return records.isDone() ? records : either(records, inquiry.available());
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    for (KafkaPartitionSplit split : splits) {
      int partition = split.getPartition();
      long offset = split.getStartingOffset();
      watch.added(partition, offset, inquiry.now());
      facts.add(SourceElement.partitionAdded(partition, offset));
    }
    reader.addSplits(splits);
    inquiry.wakeUp();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (event instanceof AssignmentKnownEvent) {
      facts.add(SourceElement.assignmentKnown());
      inquiry.wakeUp();
    } else {
      reader.handleSourceEvents(event);
    }
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    return reader.snapshotState(checkpointId);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    reader.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    reader.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void notifyNoMoreSplits() {
    reader.notifyNoMoreSplits();
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
    reader.pauseOrResumeSplits(toPause, toResume);
  }

  @Override
  public void close() throws Exception {
    try {
      inquiry.stop();
    } finally {
      reader.close();
    }
  }

  private void followUp() {
    Map<Integer, Long> toAsk = watch.tick(inquiry.now());
    EndOffsetsInquiry.Answer answer = inquiry.pollAnswer();
    if (answer != null) {
      facts.addAll(watch.answered(answer.asOf(), answer.ends()));
    } else if (!toAsk.isEmpty()) {
      inquiry.ask(toAsk);
    }
  }

  private void finished(String splitId) {
    int partition = Integer.parseInt(splitId.substring(splitId.lastIndexOf('-') + 1));
    watch.finished(partition);
    facts.add(SourceElement.partitionFinished(partition));
  }

  private WatchedOutput watched(ReaderOutput<SourceElement> target) {
    WatchedOutput known = output;
    if (known == null || !known.isOf(target)) {
      known = new WatchedOutput(target, watch::read, this::finished);
      output = known;
    }
    return known;
  }

  private static CompletableFuture<Void> either(
      CompletableFuture<Void> one, CompletableFuture<Void> other) {
    return CompletableFuture.anyOf(one, other).thenApply(ignored -> null);
  }
}
