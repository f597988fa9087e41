// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.EventTime;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.WatermarkPolicy;
import io.tailwater.definitions.model.Window;
import io.tailwater.jobs.source.EventClock;
import io.tailwater.jobs.source.SourceEvent;
import io.tailwater.jobs.source.SourceEventTypeInfo;
import io.tailwater.jobs.view.ViewStreams;
import io.tailwater.jobs.view.WindowSettings;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * Tailwater's own graph from decoded events on: three windows, a vector for the online store at
 * each event, and a row of the offline table at each event and whenever one leaves a window.
 * Lateness, duplicates and event ids are those of a view without special settings.
 */
final class TailwaterWindows implements Contender {
  private static final List<Duration> WINDOWS =
      List.of(Duration.ofDays(1), Duration.ofDays(7), Workload.LONGEST_WINDOW);

  private static final EventSource SOURCE =
      new EventSource(
          "sales",
          "",
          List.of(
              new Field("customer_id", ValueType.INT64, false),
              new Field("amount", ValueType.DOUBLE, false),
              new Field("ts", ValueType.TIMESTAMP, false)),
          new EventTime("ts", null, "UTC"),
          List.of("sale_id"),
          List.of(),
          WatermarkPolicy.DEFAULT,
          null);

  private static final FeatureView VIEW =
      new FeatureView(
          "customer_sales",
          new Entity("customer", List.of(new JoinKey("customer_id", ValueType.INT64)), ""),
          SOURCE,
          List.of("customer_id"),
          null,
          features(),
          "");

  private static final RowView<OnlineVector> ONLINE =
      new RowView<>() {
        private static final long serialVersionUID = 1L;

        @Override
        public long customer(OnlineVector vector) {
          return (Long) vector.key()[0];
        }

        @Override
        public long instant(OnlineVector vector) {
          return vector.eventTimestamp();
        }

        @Override
        public Object[] values(OnlineVector vector) {
          return vector.values();
        }
      };

  private static final RowView<OfflineRow> OFFLINE =
      new RowView<>() {
        private static final long serialVersionUID = 1L;

        @Override
        public long customer(OfflineRow row) {
          return (Long) row.key()[0];
        }

        @Override
        public long instant(OfflineRow row) {
          return row.eventTimestamp();
        }

        @Override
        public Object[] values(OfflineRow row) {
          return row.values();
        }
      };

  private static List<Feature> features() {
    List<Feature> features = new ArrayList<>();
    for (Duration window : WINDOWS) {
      features.add(feature(AggregateFunction.COUNT_ALL, null, window, ValueType.INT64));
      features.add(feature(AggregateFunction.SUM, 0.0, window, ValueType.DOUBLE));
      features.add(feature(AggregateFunction.AVG, 0.0, window, ValueType.DOUBLE));
    }
    return features;
  }

  private static Feature feature(
      AggregateFunction function, @Nullable Double defaultValue, Duration window, ValueType type) {
    return new AggregateFeature(
        "%s_%dd".formatted(function, window.toDays()).toLowerCase(java.util.Locale.ROOT),
        function,
        function == AggregateFunction.COUNT_ALL ? null : new Expression("amount", ValueType.DOUBLE),
        null,
        new Window(window.toMillis()),
        type,
        defaultValue,
        "");
  }

  @Override
  public String label() {
    return "Tailwater";
  }

  @Override
  public void define(StreamExecutionEnvironment env, RunMonitor run) {
    Workload workload = run.workload();
    DataStream<SourceEvent> events =
        Generator.attach(env, run, TailwaterWindows::event, new SourceEventTypeInfo(SOURCE));
    ViewStreams streams =
        ViewStreams.attach(
            events,
            VIEW,
            new WindowSettings(EventClock.system(), 0, workload.time(workload.endOfTime()), false));
    streams.online().sinkTo(new MonitoredSink<>(run, Stage.ARRIVAL, ONLINE)).name("online");
    streams.offline().sinkTo(new MonitoredSink<>(run, Stage.FINAL, OFFLINE)).name("offline");
  }

  private static SourceEvent event(Workload workload, long index) {
    long time = workload.time(index);
    Object[] row = {workload.customer(index), workload.amount(index), time};
    byte[] id = ByteBuffer.allocate(Long.BYTES).putLong(index).array();
    return new SourceEvent(row, time, id, null, null, "", null, null);
  }

  @Override
  public void check(RunMonitor run) {
    Workload workload = run.workload();
    run.samples(Stage.FINAL)
        .forEach(
            (customer, rows) -> {
              List<StepRow> steps =
                  new Recomputation(workload, customer, run.generated(), WINDOWS).atSteps();
              if (!rows.equals(steps)) {
                throw new WrongAnswerException(
                    "customer %d: %s".formatted(customer, firstDifference(steps, rows)));
              }
              checkVectors(steps, run.samples(Stage.ARRIVAL).getOrDefault(customer, List.of()));
            });
    long offlineEvents = run.rows(Stage.FINAL);
    if (run.rows(Stage.ARRIVAL) < run.generated() || offlineEvents < run.generated()) {
      throw new WrongAnswerException(
          "%d events gave %d vectors and %d rows"
              .formatted(run.generated(), run.rows(Stage.ARRIVAL), offlineEvents));
    }
  }

  /** A vector may skip steps that lie between two events, but is right for its own instant. */
  private static void checkVectors(List<StepRow> steps, List<StepRow> vectors) {
    Map<Long, StepRow> right = new HashMap<>();
    steps.forEach(step -> right.put(step.instant(), step));
    for (StepRow vector : vectors) {
      if (!vector.equals(right.get(vector.instant()))) {
        throw new WrongAnswerException(
            "found vector %s, expected %s".formatted(vector, right.get(vector.instant())));
      }
    }
  }

  private static String firstDifference(List<StepRow> expected, List<StepRow> found) {
    for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
      if (!expected.get(i).equals(found.get(i))) {
        return "found %s, expected %s".formatted(found.get(i), expected.get(i));
      }
    }
    return "found %d rows, expected %d".formatted(found.size(), expected.size());
  }
}
