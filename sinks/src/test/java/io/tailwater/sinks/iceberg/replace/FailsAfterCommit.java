// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

import io.tailwater.stores.OfflineRow;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;

/** A sink whose committer is stopped once when it has committed, before anyone knows. */
final class FailsAfterCommit
    implements Sink<OfflineRow>,
        SupportsCommitter<NewFiles>,
        SupportsPreCommitTopology<NewFiles, NewFiles> {
  static final AtomicInteger COMMITS = new AtomicInteger();
  private static final long serialVersionUID = 1;

  private final ReplacingSink sink;

  FailsAfterCommit(ReplacingSink sink) {
    this.sink = sink;
  }

  private record FailingCommitter(Committer<NewFiles> committer) implements Committer<NewFiles> {
    @Override
    public void commit(Collection<CommitRequest<NewFiles>> requests)
        throws IOException, InterruptedException {
      committer.commit(requests);
      if (COMMITS.incrementAndGet() == 1) {
        throw new IOException("Fails once, on purpose, after the commit");
      }
    }

    @Override
    public void close() throws Exception {
      committer.close();
    }
  }

  @Override
  public Committer<NewFiles> createCommitter(CommitterInitContext context) {
    return new FailingCommitter(sink.createCommitter(context));
  }

  @Override
  public SinkWriter<OfflineRow> createWriter(WriterInitContext context) {
    return sink.createWriter(context);
  }

  @Override
  public DataStream<CommittableMessage<NewFiles>> addPreCommitTopology(
      DataStream<CommittableMessage<NewFiles>> files) {
    return sink.addPreCommitTopology(files);
  }

  @Override
  public SimpleVersionedSerializer<NewFiles> getWriteResultSerializer() {
    return sink.getWriteResultSerializer();
  }

  @Override
  public SimpleVersionedSerializer<NewFiles> getCommittableSerializer() {
    return sink.getCommittableSerializer();
  }
}
