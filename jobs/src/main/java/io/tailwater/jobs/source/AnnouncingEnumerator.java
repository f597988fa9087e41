// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.util.function.FunctionWithException;
import org.jspecify.annotations.Nullable;

/**
 * An enumerator that also tells every reader when it has got all of the splits that exist. Until
 * then a reader without splits cannot know that it will stay so, and a watermark that ignored it
 * could pass the events of a split on its way.
 */
final class AnnouncingEnumerator<S extends SourceSplit, C> implements SplitEnumerator<S, C> {
  private final SplitEnumeratorContext<S> context;
  private final SplitEnumerator<S, C> enumerator;
  private boolean settled;

  AnnouncingEnumerator(
      SplitEnumeratorContext<S> context,
      FunctionWithException<SplitEnumeratorContext<S>, SplitEnumerator<S, C>, Exception> factory)
      throws Exception {
    this.context = context;
    this.enumerator = factory.apply(new SettlingContext<>(context, this::settle));
  }

  @Override
  public void start() {
    enumerator.start();
  }

  @Override
  public void addReader(int subtask) {
    enumerator.addReader(subtask);
    if (settled) {
      announce(subtask);
    }
  }

  @Override
  public void addSplitsBack(List<S> splits, int subtask) {
    enumerator.addSplitsBack(splits, subtask);
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {
    enumerator.handleSplitRequest(subtask, host);
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    enumerator.handleSourceEvent(subtask, event);
  }

  @Override
  public C snapshotState(long checkpointId) throws Exception {
    return enumerator.snapshotState(checkpointId);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    enumerator.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    enumerator.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void close() throws IOException {
    enumerator.close();
  }

  private void settle() {
    settled = true;
    context.registeredReaders().keySet().forEach(this::announce);
  }

  private void announce(int subtask) {
    context.sendEventToSourceReader(subtask, new AssignmentKnownEvent());
  }
}
