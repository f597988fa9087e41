// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import java.io.IOException;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessageTypeInfo;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.iceberg.io.WriteResult;

/**
 * Iceberg's sink with two things of our own: a writer that bounds its open files, and a watermark
 * in each snapshot. Collecting a checkpoint's files and committing them exactly once is Iceberg's.
 *
 * @param <T> the rows
 * @param <C> Iceberg's committable, a type that its package keeps to itself
 */
final class OfflineSink<T, C>
    implements Sink<T>,
        SupportsCommitter<Watermarked<C>>,
        SupportsPreCommitTopology<WriteResult, Watermarked<C>> {
  private static final long serialVersionUID = 1;

  /** Of all rows that a writer keeps waiting: about 30 MB. */
  private static final int MAX_WAITING_VALUES = 1_000_000;

  /** Flink puts the sink's uid before it. */
  private static final String STAMPER = "watermark";

  private final SupportsCommitter<C> committing;
  private final SupportsPreCommitTopology<WriteResult, C> collecting;
  private final OfflineSinkOptions<T> options;
  private final WatermarkTableLoader tables;

  OfflineSink(
      SupportsCommitter<C> committing,
      SupportsPreCommitTopology<WriteResult, C> collecting,
      OfflineSinkOptions<T> options,
      WatermarkTableLoader tables) {
    this.committing = committing;
    this.collecting = collecting;
    this.options = options;
    this.tables = tables;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    return new DayFilesWriter<>(
        options.format(),
        DataFileWriters.of(
            options.table(),
            context.getTaskInfo().getIndexOfThisSubtask(),
            context.getTaskInfo().getAttemptNumber()),
        options.maxOpenDays(),
        MAX_WAITING_VALUES / options.table().schema().columns().size() + 1);
  }

  @Override
  public DataStream<CommittableMessage<Watermarked<C>>> addPreCommitTopology(
      DataStream<CommittableMessage<WriteResult>> writeResults) {
    return collecting
        .addPreCommitTopology(writeResults)
        .transform(
            STAMPER,
            CommittableMessageTypeInfo.of(this::getCommittableSerializer),
            new WatermarkStamper<>(options.endInstant(), options.generation()))
        .uid(STAMPER)
        .setParallelism(1)
        .setMaxParallelism(1)
        .global();
  }

  @Override
  public SimpleVersionedSerializer<WriteResult> getWriteResultSerializer() {
    return collecting.getWriteResultSerializer();
  }

  @Override
  public Committer<Watermarked<C>> createCommitter(CommitterInitContext context)
      throws IOException {
    return new WatermarkCommitter<>(committing.createCommitter(context), tables);
  }

  @Override
  public SimpleVersionedSerializer<Watermarked<C>> getCommittableSerializer() {
    return new WatermarkedSerializer<>(committing.getCommittableSerializer());
  }
}
