// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DoubleType;

/**
 * Flink SQL's {@code OVER} with one window, which is all that a streaming query takes. Rows go in
 * and out in the planner's own form, so that no conversion is measured.
 */
final class SqlOver implements Contender {
  /** It adds and subtracts doubles, which drifts. */
  private static final double TOLERANCE = 1e-9;

  static final String LABEL = "SQL OVER";

  private static final String QUERY =
      """
      SELECT customer_id, ts, COUNT(*) OVER w, SUM(amount) OVER w, AVG(amount) OVER w
      FROM sales
      WINDOW w AS (
        PARTITION BY customer_id ORDER BY ts
        RANGE BETWEEN INTERVAL %s PRECEDING AND CURRENT ROW)
      """;

  private static final DataType RESULT =
      DataTypes.ROW(
              DataTypes.FIELD("customer_id", DataTypes.BIGINT().notNull()),
              DataTypes.FIELD("ts", DataTypes.TIMESTAMP_LTZ(3)),
              DataTypes.FIELD("c", DataTypes.BIGINT()),
              DataTypes.FIELD("s", DataTypes.DOUBLE()),
              DataTypes.FIELD("a", DataTypes.DOUBLE()))
          .bridgedTo(RowData.class);

  private static final RowView<RowData> ROWS =
      new RowView<>() {
        private static final long serialVersionUID = 1L;

        @Override
        public long customer(RowData row) {
          return row.getLong(0);
        }

        @Override
        public long instant(RowData row) {
          return row.getTimestamp(1, 3).getMillisecond();
        }

        @Override
        public Object[] values(RowData row) {
          return new Object[] {row.getLong(2), row.getDouble(3), row.getDouble(4)};
        }
      };

  private final Duration window;

  SqlOver(Duration window) {
    this.window = window;
  }

  @Override
  public String label() {
    return LABEL;
  }

  @Override
  public Stage measuredStage() {
    return Stage.FINAL;
  }

  @Override
  public void define(StreamExecutionEnvironment env, RunMonitor run) {
    StreamTableEnvironment tables = StreamTableEnvironment.create(env);
    DataStream<RowData> events =
        Generator.attach(
            env,
            run,
            Generator.watermarks(),
            SqlOver::event,
            InternalTypeInfo.ofFields(new BigIntType(false), new DoubleType(false)));
    Schema schema =
        Schema.newBuilder()
            .column("f0", DataTypes.BIGINT().notNull())
            .column("f1", DataTypes.DOUBLE().notNull())
            .columnByMetadata("ts", DataTypes.TIMESTAMP_LTZ(3), "rowtime")
            .watermark("ts", "SOURCE_WATERMARK()")
            .build();
    Table sales = tables.fromDataStream(events, schema).as("customer_id", "amount", "ts");
    tables.createTemporaryView("sales", sales);
    tables
        .<RowData>toDataStream(tables.sqlQuery(QUERY.formatted(interval())), RESULT)
        .sinkTo(new MonitoredSink<>(run, Stage.FINAL, ROWS))
        .name("rows");
  }

  /** Flink takes two digits. */
  private String interval() {
    long days = window.toDays();
    return Duration.ofDays(days).equals(window)
        ? "'%d' DAY".formatted(days)
        : "'%d' HOUR".formatted(window.toHours());
  }

  private static RowData event(Workload workload, long index) {
    return GenericRowData.of(workload.customer(index), workload.amount(index));
  }

  @Override
  public void check(RunMonitor run) {
    if (run.rows(Stage.FINAL) != run.generated()) {
      throw new WrongAnswerException(
          "%d events gave %d rows".formatted(run.generated(), run.rows(Stage.FINAL)));
    }
    for (long customer : run.workload().sampled()) {
      List<StepRow> right =
          new Recomputation(run.workload(), customer, run.generated(), List.of(window)).atEvents();
      Differences.check(customer, right, run.sample(Stage.FINAL, customer), SqlOver::isClose);
    }
  }

  private static boolean isClose(StepRow right, StepRow found) {
    return right.instant() == found.instant()
        && right.values().get(0).equals(found.values().get(0))
        && isClose((Double) right.values().get(1), (Double) found.values().get(1))
        && isClose((Double) right.values().get(2), (Double) found.values().get(2));
  }

  private static boolean isClose(double right, double found) {
    return Math.abs(right - found) <= TOLERANCE * Math.abs(right);
  }
}
