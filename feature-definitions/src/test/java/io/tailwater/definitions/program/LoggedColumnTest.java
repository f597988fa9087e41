// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import io.tailwater.definitions.model.Aggregate;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.Column;
import io.tailwater.definitions.model.Entity;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.EventTime;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.WatermarkPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoggedColumnTest {
  private static final String TOTAL = "quantity * price";

  @Test
  void ofEqualValuesAreEqualHoweverTheyAreSpelled() {
    assertThat(columns(source(TOTAL, ValueType.INT32), null, sum("a", "total", "status = 'ok'")))
        .isEqualTo(
            columns(source(TOTAL, ValueType.INT32), null, sum("b", "`total` ", "status='ok'")))
        .isEqualTo(columns(source(TOTAL, ValueType.INT32), null, sum("c", TOTAL, "status = 'ok'")));
  }

  @Test
  void writesComputedColumnsOutSoThatTheirMeaningCounts() {
    List<LoggedColumn> columns =
        columns(source(TOTAL, ValueType.INT32), null, sum("a", "total / 2", null));

    assertThat(columns.get(0).value()).isEqualTo("`quantity` * `price` / 2");
    assertThat(columns.get(0).fields())
        .containsOnlyKeys("price", "quantity")
        .containsEntry("quantity", ValueType.INT32);
    assertThat(columns)
        .isNotEqualTo(
            columns(source("quantity + price", ValueType.INT32), null, sum("a", "total / 2", null)))
        .isNotEqualTo(columns(source(TOTAL, ValueType.INT64), null, sum("a", "total / 2", null)));
    assertThat(
            columns(source("quantity + price", ValueType.INT32), null, sum("a", "total / 2", null))
                .get(0)
                .value())
        .isEqualTo("(`quantity` + `price`) / 2");
  }

  @Test
  void areOthersWhereTheViewTakesOtherEvents() {
    Feature feature = sum("a", "price", null);

    List<LoggedColumn> all = columns(source(TOTAL, ValueType.INT32), null, feature);
    List<LoggedColumn> some = columns(source(TOTAL, ValueType.INT32), "total > 1", feature);

    assertThat(all).isNotEqualTo(some);
    assertThat(some.get(0).input().where()).isEqualTo("`quantity` * `price` > 1");
    assertThat(some.get(0).input().fields())
        .containsOnlyKeys("at", "buyer", "id", "price", "quantity");
  }

  @Test
  void holdMarksForWhatIsOnlyCountedWhateverElseIsComputed() {
    Feature count = feature("n", Aggregate.of(AggregateFunction.COUNT, number("price")), null);

    List<LoggedColumn> alone = columns(source(TOTAL, ValueType.INT32), null, count);
    List<LoggedColumn> both =
        columns(source(TOTAL, ValueType.INT32), null, sum("a", "price", null), count);

    assertThat(alone).hasSize(1);
    assertThat(both).hasSize(2).endsWith(alone.get(0));
    assertThat(alone.get(0).counted()).isTrue();
    assertThat(both.get(0).counted()).isFalse();
  }

  private static List<LoggedColumn> columns(EventSource source, String where, Feature... features) {
    return LoggedView.of(
            new FeatureView(
                "v",
                new Entity("buyer", List.of(new JoinKey("buyer", ValueType.INT64)), ""),
                source,
                List.of("buyer"),
                where == null ? null : new Expression(where, ValueType.BOOL),
                List.of(features)))
        .columns();
  }

  private static Feature sum(String name, String value, String where) {
    return feature(name, Aggregate.of(AggregateFunction.SUM, number(value)), where);
  }

  private static Feature feature(String name, Aggregate aggregate, String where) {
    AggregateFeature feature =
        new AggregateFeature(name, "orders", aggregate, Window.sliding(1_000));
    return where == null ? feature : feature.where(new Expression(where, ValueType.BOOL));
  }

  private static Expression number(String sql) {
    return new Expression(sql, ValueType.DOUBLE);
  }

  private static EventSource source(String total, ValueType quantity) {
    return new EventSource(
        "orders",
        "{}",
        List.of(
            new Field("id", ValueType.STRING, false),
            new Field("at", ValueType.STRING, false),
            new Field("buyer", ValueType.INT64, true),
            new Field("quantity", quantity, true),
            new Field("price", ValueType.DOUBLE, true),
            new Field("status", ValueType.STRING, true)),
        new EventTime("at", null, "UTC"),
        List.of("id"),
        List.of(new Column("total", number(total))),
        WatermarkPolicy.DEFAULT,
        null);
  }
}
