// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;

/**
 * An enumerator's context that notices when its first discovery is over: when every call that it
 * has begun, and those that their handlers began, have been handled once.
 */
final class SettlingContext<S extends SourceSplit> implements SplitEnumeratorContext<S> {
  private final SplitEnumeratorContext<S> context;
  private final Runnable onSettled;
  private int outstanding;
  private boolean settled;

  /**
   * @param onSettled run once, in the coordinator's thread
   */
  SettlingContext(SplitEnumeratorContext<S> context, Runnable onSettled) {
    this.context = context;
    this.onSettled = onSettled;
  }

  @Override
  public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
    context.callAsync(callable, counted(handler));
  }

  @Override
  public <T> void callAsync(
      Callable<T> callable,
      BiConsumer<T, Throwable> handler,
      long initialDelayMillis,
      long periodMillis) {
    context.callAsync(callable, counted(handler), initialDelayMillis, periodMillis);
  }

  @Override
  public SplitEnumeratorMetricGroup metricGroup() {
    return context.metricGroup();
  }

  @Override
  public void sendEventToSourceReader(int subtask, SourceEvent event) {
    context.sendEventToSourceReader(subtask, event);
  }

  @Override
  public void sendEventToSourceReader(int subtask, int attempt, SourceEvent event) {
    context.sendEventToSourceReader(subtask, attempt, event);
  }

  @Override
  public int currentParallelism() {
    return context.currentParallelism();
  }

  @Override
  public Map<Integer, ReaderInfo> registeredReaders() {
    return context.registeredReaders();
  }

  @Override
  public Map<Integer, Map<Integer, ReaderInfo>> registeredReadersOfAttempts() {
    return context.registeredReadersOfAttempts();
  }

  @Override
  public void assignSplits(SplitsAssignment<S> assignment) {
    context.assignSplits(assignment);
  }

  @Override
  public void signalNoMoreSplits(int subtask) {
    context.signalNoMoreSplits(subtask);
  }

  @Override
  public void runInCoordinatorThread(Runnable runnable) {
    context.runInCoordinatorThread(runnable);
  }

  @Override
  public void setIsProcessingBacklog(boolean isProcessingBacklog) {
    context.setIsProcessingBacklog(isProcessingBacklog);
  }

  private <T> BiConsumer<T, Throwable> counted(BiConsumer<T, Throwable> handler) {
    outstanding++;
    FirstRun first = new FirstRun();
    return (result, failure) -> {
      handler.accept(result, failure);
      first.handled();
    };
  }

  private final class FirstRun {
    private boolean over;

    private void handled() {
      if (over) {
        return;
      }
      over = true;
      outstanding--;
      if (outstanding == 0 && !settled) {
        settled = true;
        onSettled.run();
      }
    }
  }
}
