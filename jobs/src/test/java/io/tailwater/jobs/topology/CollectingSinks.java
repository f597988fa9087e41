// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.topology;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.stores.DeadLetter;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Sinks into {@link Collected}. */
record CollectingSinks(String name) implements PipelineSinks {
  @Override
  public void online(FeatureView view, DataStream<OnlineVector> vectors) {
    vectors.sinkTo(new Collector<>(name)).uid("online-" + view.name());
  }

  @Override
  public void offline(FeatureView view, DataStream<OfflineRow> rows) {
    rows.sinkTo(new Collector<>(name)).uid("offline-" + view.name());
  }

  @Override
  public void deadLetters(EventSource source, DataStream<DeadLetter> deadLetters) {
    deadLetters.sinkTo(new Collector<>(name)).uid("dead-letters-" + source.name());
  }

  private record Collector<T>(String name) implements Sink<T> {
    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
      return new Writer<>(Collected.of(name));
    }
  }

  private record Writer<T>(Collected collected) implements SinkWriter<T> {
    @Override
    public void write(T element, Context context) {
      collected.add(element);
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
