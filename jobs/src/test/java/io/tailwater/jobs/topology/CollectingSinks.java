// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.stores.DeadLetter;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import java.io.IOException;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/** Sinks into {@link Collected}. */
record CollectingSinks(String name) implements PipelineSinks {
  @Override
  public void online(FeatureView view, DataStream<OnlineVector> vectors) {
    vectors.sinkTo(new Collector<>(name, false)).uid("online-" + view.name());
  }

  @Override
  public void offline(FeatureView view, DataStream<OfflineRow> rows) {
    rows.sinkTo(new Collector<>(name, true)).uid("offline-" + view.name());
  }

  @Override
  public void deadLetters(EventSource source, DataStream<DeadLetter> deadLetters) {
    deadLetters.sinkTo(new Collector<>(name, false)).uid("dead-letters-" + source.name());
  }

  private record Collector<T>(String name, boolean tellsTime) implements Sink<T> {
    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
      return new Writer<>(Collected.of(name), tellsTime ? context.getTaskInfo() : null);
    }
  }

  /**
   * @param task null for a sink whose watermark nobody asks for
   */
  private record Writer<T>(Collected collected, @Nullable TaskInfo task) implements SinkWriter<T> {
    @Override
    public void write(T element, Context context) throws IOException {
      collected.add(element);
    }

    @Override
    public void writeWatermark(Watermark watermark) {
      if (task != null) {
        collected.watermark(task, watermark.getTimestamp());
      }
    }

    @Override
    public void flush(boolean endOfInput) {
      // Nothing waits.
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
