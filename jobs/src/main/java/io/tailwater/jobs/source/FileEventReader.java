// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/** Reads files' events, one a call, in the task's own thread. */
final class FileEventReader implements SourceReader<SourceElement, FileSplit> {
  private static final int PARTITION = 0;

  private final EventSource source;
  private final FileLocation location;
  private final EventFiles files;
  private final Counter passedOver;

  private @Nullable EventFile file;
  private @Nullable String name;
  private @Nullable FileSplit pending;
  private long recordsRead;
  private boolean noMoreSplits;
  private CompletableFuture<Void> available = new CompletableFuture<>();

  /**
   * @param passedOver counts the events before the location's beginning
   */
  FileEventReader(EventSource source, FileLocation location, EventFiles files, Counter passedOver) {
    this.source = source;
    this.location = location;
    this.files = files;
    this.passedOver = passedOver;
  }

  @Override
  public void start() {
    // Splits come by themselves.
  }

  @Override
  public InputStatus pollNext(ReaderOutput<SourceElement> output) throws IOException {
    if (pending != null) {
      begin(pending, output);
    }
    EventFile open = file;
    if (open == null) {
      return noMoreSplits ? InputStatus.END_OF_INPUT : nothingAvailable();
    }
    SourceEvent event = open.next();
    if (event == null) {
      close();
      openNext(files.byName().higherKey(name));
      return InputStatus.MORE_AVAILABLE;
    }
    recordsRead++;
    if (location.holds(event)) {
      output.collect(SourceElement.event(PARTITION, recordsRead, event));
    } else {
      passedOver.inc();
    }
    return InputStatus.MORE_AVAILABLE;
  }

  @Override
  public List<FileSplit> snapshotState(long checkpointId) {
    if (pending != null) {
      return List.of(pending);
    }
    return name == null ? List.of() : List.of(new FileSplit(name, recordsRead));
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

  private void begin(FileSplit split, ReaderOutput<SourceElement> output) throws IOException {
    pending = null;
    boolean first = split.file().equals(FileSplit.FIRST);
    openNext(first ? files.byName().firstKey() : split.file());
    EventFile opened = file;
    if (opened != null) {
      opened.skip(split.recordsRead());
      recordsRead = split.recordsRead();
    }
    output.collect(SourceElement.partitionAdded(PARTITION, 0));
    output.collect(SourceElement.assignmentKnown());
  }

  private void openNext(@Nullable String next) throws IOException {
    name = next;
    recordsRead = 0;
    file = next == null ? null : files.open(source, next);
  }

  private InputStatus nothingAvailable() {
    if (available.isDone()) {
      available = new CompletableFuture<>();
    }
    return InputStatus.NOTHING_AVAILABLE;
  }
}
