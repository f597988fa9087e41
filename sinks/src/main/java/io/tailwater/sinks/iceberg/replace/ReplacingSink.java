// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import io.tailwater.sinks.iceberg.DataFileWriters;
import io.tailwater.sinks.iceberg.RowDataConverter;
import io.tailwater.stores.OfflineRow;
import org.apache.flink.api.common.TaskInfo;
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
import org.apache.iceberg.Table;
import org.apache.iceberg.flink.TableLoader;

/** The sink of a batch job that replaces a range: all writers' files go into one commit. */
final class ReplacingSink
    implements Sink<OfflineRow>,
        SupportsCommitter<NewFiles>,
        SupportsPreCommitTopology<NewFiles, NewFiles> {
  private static final long serialVersionUID = 1;

  /** Flink puts the sink's uid before it. */
  private static final String COLLECTOR = "all files";

  private final Table table;
  private final TableLoader tables;
  private final RowDataConverter converter;
  private final ReplaceRun run;

  /**
   * @param table a serializable copy
   */
  ReplacingSink(Table table, TableLoader tables, RowDataConverter converter, ReplaceRun run) {
    this.table = table;
    this.tables = tables;
    this.converter = converter;
    this.run = run;
  }

  @Override
  public SinkWriter<OfflineRow> createWriter(WriterInitContext context) {
    TaskInfo task = context.getTaskInfo();
    return new SortedDaysWriter(
        converter,
        DataFileWriters.of(table, task.getIndexOfThisSubtask(), task.getAttemptNumber()),
        run);
  }

  @Override
  public DataStream<CommittableMessage<NewFiles>> addPreCommitTopology(
      DataStream<CommittableMessage<NewFiles>> files) {
    return files
        .global()
        .transform(
            COLLECTOR,
            CommittableMessageTypeInfo.of(this::getCommittableSerializer),
            new AllFilesCollector())
        .uid(COLLECTOR)
        .setParallelism(1)
        .setMaxParallelism(1)
        .global();
  }

  @Override
  public Committer<NewFiles> createCommitter(CommitterInitContext context) {
    return new ReplacingCommitter(tables.clone(), run);
  }

  @Override
  public SimpleVersionedSerializer<NewFiles> getWriteResultSerializer() {
    return getCommittableSerializer();
  }

  @Override
  public SimpleVersionedSerializer<NewFiles> getCommittableSerializer() {
    return new NewFilesSerializer(table.specs());
  }
}
