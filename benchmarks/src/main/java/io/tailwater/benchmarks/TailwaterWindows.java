// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import io.tailwater.definitions.model.Aggregate;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.EventTime;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.Metadata;
import io.tailwater.definitions.model.WatermarkPolicy;
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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * Tailwater's own graph from decoded events on: a vector for the online store at each event, and a
 * row of the offline table at each event and whenever one leaves a window. Lateness, duplicates and
 * event ids are those of a view without special settings.
 */
final class TailwaterWindows implements Contender {
  /** What is measured. */
  enum Mode {
    /** All that the operator does in a job: vectors on arrival, and a row at every step. */
    EVERY_STEP("Tailwater, every step"),
    /**
     * One vector an event, as many as OVER's rows: the only watermark is that of the end, which
     * brings the rows of all steps after what is measured.
     */
    ON_ARRIVAL("Tailwater, rows on arrival"),
    /** Every step, with watermarks that follow the events closely, so that late events are late. */
    PROMPT("Tailwater, every step, watermark every 8 events");

    private final String label;

    Mode(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }

    private WatermarkStrategy<Long> watermarks() {
      return switch (this) {
        case EVERY_STEP -> Generator.watermarks();
        case ON_ARRIVAL -> WatermarkStrategy.noWatermarks();
        case PROMPT -> Generator.promptWatermarks();
      };
    }
  }

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

  private final Mode mode;
  private final WindowSet windows;
  private final FeatureView view;

  TailwaterWindows(Mode mode, WindowSet windows) {
    this.mode = mode;
    this.windows = windows;
    this.view =
        new FeatureView(
            "customer_sales",
            new Entity("customer", List.of(new JoinKey("customer_id", ValueType.INT64)), ""),
            SOURCE,
            List.of("customer_id"),
            null,
            features(windows));
  }

  private static List<Feature> features(WindowSet windows) {
    Expression amount = new Expression("amount", ValueType.DOUBLE);
    List<Feature> features = new ArrayList<>();
    for (Duration window : windows.lengths()) {
      features.add(feature(Aggregate.countAll(), null, window));
      features.add(feature(Aggregate.of(AggregateFunction.SUM, amount), 0.0, window));
      features.add(feature(Aggregate.of(AggregateFunction.AVG, amount), 0.0, window));
    }
    return features;
  }

  private static Feature feature(
      Aggregate aggregate, @Nullable Double defaultValue, Duration window) {
    return new AggregateFeature(
        "%s_%s".formatted(aggregate.function(), WindowSet.name(window)).toLowerCase(Locale.ROOT),
        SOURCE.name(),
        aggregate,
        null,
        Window.sliding(window.toMillis()),
        defaultValue,
        Metadata.NONE);
  }

  @Override
  public String label() {
    return mode.label();
  }

  @Override
  public Stage measuredStage() {
    return mode == Mode.ON_ARRIVAL ? Stage.ARRIVAL : Stage.FINAL;
  }

  @Override
  public void define(StreamExecutionEnvironment env, RunMonitor run) {
    Workload workload = run.workload();
    DataStream<SourceEvent> events =
        Generator.attach(
            env, run, mode.watermarks(), TailwaterWindows::event, new SourceEventTypeInfo(SOURCE));
    ViewStreams streams =
        ViewStreams.attach(
            List.of(events),
            view,
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
    for (long customer : run.workload().sampled()) {
      List<Duration> lengths = windows.lengths();
      Recomputation right = new Recomputation(run.workload(), customer, run.generated(), lengths);
      List<StepRow> steps = right.atSteps();
      List<StepRow> rows = run.sample(Stage.FINAL, customer);
      List<StepRow> vectors = run.sample(Stage.ARRIVAL, customer);
      if (run.workload().latePerMille() == 0) {
        Differences.check(customer, steps, rows, StepRow::equals);
        checkVectors(customer, right.atEvents(), steps, vectors);
      } else {
        Differences.check(customer, steps, corrected(rows), StepRow::equals);
        checkNewestVector(customer, right.atEvents().size(), steps, vectors);
      }
    }
    long most = run.generated() * (1 + windows.size());
    boolean inOrder = run.workload().latePerMille() == 0;
    if (run.rows(Stage.FINAL) < run.generated() || (inOrder && run.rows(Stage.FINAL) > most)) {
      throw new WrongAnswerException(
          "%d events gave %d rows, expected at most %d"
              .formatted(run.generated(), run.rows(Stage.FINAL), most));
    }
  }

  /** Of rows that came out for one instant, the last: the others have been corrected. */
  private static List<StepRow> corrected(List<StepRow> rows) {
    SortedMap<Long, StepRow> last = new TreeMap<>();
    rows.forEach(row -> last.put(row.instant(), row));
    return List.copyOf(last.values());
  }

  /** With late events a vector is right for what was known; the last one, for all. */
  private static void checkNewestVector(
      long customer, int events, List<StepRow> steps, List<StepRow> vectors) {
    if (vectors.size() < events) {
      throw new WrongAnswerException(
          "customer %d: %d events gave %d vectors".formatted(customer, events, vectors.size()));
    }
    Differences.check(
        customer,
        steps.subList(steps.size() - 1, steps.size()),
        vectors.subList(vectors.size() - 1, vectors.size()),
        StepRow::equals);
  }

  /**
   * There is a vector for each event. Those between may skip steps, but each is right for its own
   * instant.
   */
  private static void checkVectors(
      long customer, List<StepRow> events, List<StepRow> steps, List<StepRow> vectors) {
    Map<Long, StepRow> right = new HashMap<>();
    steps.forEach(step -> right.put(step.instant(), step));
    Set<Long> eventInstants = new HashSet<>();
    events.forEach(event -> eventInstants.add(event.instant()));
    List<@Nullable StepRow> expected = new ArrayList<>();
    vectors.forEach(vector -> expected.add(right.get(vector.instant())));
    Differences.check(customer, expected, vectors, StepRow::equals);
    vectors.forEach(vector -> eventInstants.remove(vector.instant()));
    if (!eventInstants.isEmpty()) {
      throw new WrongAnswerException(
          "customer %d: %d events without a vector".formatted(customer, eventInstants.size()));
    }
  }
}
