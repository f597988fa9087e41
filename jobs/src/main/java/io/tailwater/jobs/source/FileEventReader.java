// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/** Reads a file's events, one a call, in the task's own thread. */
final class FileEventReader implements SourceReader<SourceElement, FileSplit> {
  private static final int PARTITION = 0;

  private final EventSource source;
  private final FileLocation location;
  private @Nullable EventFile file;
  private @Nullable FileSplit pending;
  private long recordsRead;
  private boolean noMoreSplits;
  private CompletableFuture<Void> available = new CompletableFuture<>();

  FileEventReader(EventSource source, FileLocation location) {
    this.source = source;
    this.location = location;
  }

  @Override
  public void start() {
    // Splits come by themselves.
  }

  @Override
  public InputStatus pollNext(ReaderOutput<SourceElement> output) throws IOException {
    if (pending != null) {
      open(pending, output);
    }
    EventFile open = file;
    if (open == null) {
      return noMoreSplits ? InputStatus.END_OF_INPUT : nothingAvailable();
    }
    SourceEvent event = open.next();
    if (event == null) {
      close();
    } else {
      output.collect(SourceElement.event(PARTITION, recordsRead++, event));
    }
    return InputStatus.MORE_AVAILABLE;
  }

  @Override
  public List<FileSplit> snapshotState(long checkpointId) {
    if (pending != null) {
      return List.of(pending);
    }
    return file == null ? List.of() : List.of(new FileSplit(recordsRead));
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return available;
  }

  @Override
  public void addSplits(List<FileSplit> splits) {
    pending = splits.get(0);
    available.complete(null);
  }

  @Override
  public void notifyNoMoreSplits() {
    noMoreSplits = true;
    available.complete(null);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }

  private void open(FileSplit split, ReaderOutput<SourceElement> output) throws IOException {
    EventFile opened = EventFile.open(source, location);
    file = opened;
    pending = null;
    opened.skip(split.recordsRead());
    recordsRead = split.recordsRead();
    output.collect(SourceElement.partitionAdded(PARTITION));
    output.collect(SourceElement.assignmentKnown());
  }

  private InputStatus nothingAvailable() {
    if (available.isDone()) {
      available = new CompletableFuture<>();
    }
    return InputStatus.NOTHING_AVAILABLE;
  }
}
