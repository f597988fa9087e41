// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Tells a run of its rows and keeps none but those of sampled customers. */
final class MonitoredSink<T> implements Sink<T> {
  private static final long serialVersionUID = 1L;

  private final int run;
  private final Stage stage;
  private final RowView<T> view;

  MonitoredSink(RunMonitor run, Stage stage, RowView<T> view) {
    this.run = run.number();
    this.stage = stage;
    this.view = view;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    RunMonitor monitor = RunMonitor.of(run);
    return new SinkWriter<>() {
      @Override
      public void write(T row, Context writerContext) {
        monitor.row(stage, row, view);
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public void close() {}
    };
  }
}
