// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/** A reader's output that tells what passes through it, and which splits end. */
final class WatchedOutput implements ReaderOutput<SourceElement> {
  private final ReaderOutput<SourceElement> target;
  private final Consumer<SourceElement> onElement;
  private final Consumer<String> onSplitFinished;

  WatchedOutput(
      ReaderOutput<SourceElement> target,
      Consumer<SourceElement> onElement,
      Consumer<String> onSplitFinished) {
    this.target = target;
    this.onElement = onElement;
    this.onSplitFinished = onSplitFinished;
  }

  boolean isOf(ReaderOutput<SourceElement> other) {
    return target == other;
  }

  @Override
  public void collect(SourceElement element) {
    target.collect(element);
    onElement.accept(element);
  }

  @Override
  public void collect(SourceElement element, long timestamp) {
    target.collect(element, timestamp);
    onElement.accept(element);
  }

  @Override
  public SourceOutput<SourceElement> createOutputForSplit(String splitId) {
    return new WatchedSplit(target.createOutputForSplit(splitId), onElement);
  }

  @Override
  public void releaseOutputForSplit(String splitId) {
    target.releaseOutputForSplit(splitId);
    onSplitFinished.accept(splitId);
  }

  @Override
  public void emitWatermark(Watermark watermark) {
    target.emitWatermark(watermark);
  }

  @Override
  public void markIdle() {
    target.markIdle();
  }

  @Override
  public void markActive() {
    target.markActive();
  }

  private record WatchedSplit(SourceOutput<SourceElement> target, Consumer<SourceElement> onElement)
      implements SourceOutput<SourceElement> {
    @Override
    public void collect(SourceElement element) {
      target.collect(element);
      onElement.accept(element);
    }

    @Override
    public void collect(SourceElement element, long timestamp) {
      target.collect(element, timestamp);
      onElement.accept(element);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      target.emitWatermark(watermark);
    }

    @Override
    public void markIdle() {
      target.markIdle();
    }

    @Override
    public void markActive() {
      target.markActive();
    }
  }
}
