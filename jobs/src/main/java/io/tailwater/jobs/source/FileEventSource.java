// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Files as a bounded source: one split, one reader, the order of names and of each file. */
final class FileEventSource implements Source<SourceElement, FileSplit, FileEnumeratorState> {
  private static final long serialVersionUID = 1L;

  private final EventSource source;
  private final FileLocation location;
  private final EventFiles files;

  FileEventSource(EventSource source, FileLocation location, EventFiles files) {
    this.source = source;
    this.location = location;
    this.files = files;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<SourceElement, FileSplit> createReader(SourceReaderContext context) {
    return new FileEventReader(
        source, location, files, context.metricGroup().counter("passedOver"));
  }

  @Override
  public SplitEnumerator<FileSplit, FileEnumeratorState> createEnumerator(
      SplitEnumeratorContext<FileSplit> context) {
    return new FileEnumerator(context, new FileEnumeratorState(FileSplit.unread()));
  }

  @Override
  public SplitEnumerator<FileSplit, FileEnumeratorState> restoreEnumerator(
      SplitEnumeratorContext<FileSplit> context, FileEnumeratorState state) {
    return new FileEnumerator(context, state);
  }

  @Override
  public SimpleVersionedSerializer<FileSplit> getSplitSerializer() {
    return new FileSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<FileEnumeratorState> getEnumeratorCheckpointSerializer() {
    return new FileEnumeratorStateSerializer();
  }
}
