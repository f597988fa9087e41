// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;

/** Gives the file to the first reader, so that one subtask reads it in its order. */
final class FileEnumerator implements SplitEnumerator<FileSplit, FileEnumeratorState> {
  private final SplitEnumeratorContext<FileSplit> context;
  private @Nullable FileSplit unassigned;
  private int owner;

  FileEnumerator(SplitEnumeratorContext<FileSplit> context, FileEnumeratorState state) {
    this.context = context;
    this.unassigned = state.unassigned();
  }

  @Override
  public void start() {
    // Readers report by themselves.
  }

  @Override
  public void addReader(int subtask) {
    FileSplit split = unassigned;
    if (split != null && subtask == owner) {
      context.assignSplit(split, subtask);
      unassigned = null;
    }
    context.signalNoMoreSplits(subtask);
  }

  @Override
  public void addSplitsBack(List<FileSplit> splits, int subtask) {
    for (FileSplit split : splits) {
      unassigned = split;
      owner = subtask;
    }
    if (context.registeredReaders().containsKey(subtask)) {
      addReader(subtask);
    }
  }

  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {
    // Splits are pushed.
  }

  @Override
  public FileEnumeratorState snapshotState(long checkpointId) {
    return new FileEnumeratorState(unassigned);
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
