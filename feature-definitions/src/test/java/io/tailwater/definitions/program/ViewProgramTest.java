// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.WindowedAggregate;
import io.tailwater.definitions.model.Aggregate;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.Column;
import io.tailwater.definitions.model.DerivedFeature;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ViewProgramTest {
  private static final long DAY = 86_400_000L;
  private static final long AT = 1_700_000_000_123L;

  private final Map<String, Integer> nulls = new TreeMap<>();
  private final FeatureNulls counter = feature -> nulls.merge(feature, 1, Integer::sum);

  @Test
  void extendsAnEventByTheColumnsOfItsSource() {
    ViewProgram program = ViewProgram.compile(view(null, count("n", null)));

    assertThat(program.input(0).extend(event(3, 2.5), AT))
        .containsExactly(1, "shop", 3, 2.5, "ok", AT, 7.5, -0.5);
  }

  @Test
  void refusesAnEventOfAnotherWidth() {
    ViewProgram program = ViewProgram.compile(view(null, count("n", null)));

    assertThatThrownBy(() -> program.input(0).extend(new Object[] {1}, AT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void acceptsWhatItsConditionIsTrueOf() {
    ViewProgram program = ViewProgram.compile(view("status = 'ok'", count("n", null)));

    assertThat(program.input(0).accepts(program.input(0).extend(event("ok"), AT))).isTrue();
    assertThat(program.input(0).accepts(program.input(0).extend(event("no"), AT))).isFalse();
    assertThat(program.input(0).accepts(program.input(0).extend(event((String) null), AT)))
        .isFalse();
  }

  @Test
  void widensKeysAndKeepsTheirOrder() {
    ViewProgram program = ViewProgram.compile(view(null, count("n", null)));

    assertThat(program.input(0).key(program.input(0).extend(event(3, 2.5), AT)))
        .containsExactly("shop", 1L);
    assertThat(program.input(0).key(new Object[] {null, null, 0, 0.0, "", 0L, 0.0, 0.0}))
        .containsExactly(null, null);
  }

  @Test
  void marksWhereAValueIsThatIsSummedToo() {
    ViewProgram program =
        ViewProgram.compile(
            view(
                null,
                over(
                    "n",
                    AggregateFunction.COUNT,
                    "total / (quantity - 1)",
                    ValueType.INT64,
                    null,
                    7),
                over(
                    "s",
                    AggregateFunction.SUM,
                    "total / (quantity - 1)",
                    ValueType.DOUBLE,
                    null,
                    7)),
            counter);

    assertThat(program.input(0).columns(program.input(0).extend(event(3, 2.0), AT)))
        .containsExactly(true, 3.0);
    assertThat(program.input(0).columns(program.input(0).extend(event(1, 2.0), AT)))
        .containsExactly(null, null);
    assertThat(nulls).as("both hear of it").containsOnlyKeys("n", "s");
  }

  @Test
  void sharesColumnsAndAggregatesBetweenFeatures() {
    ViewProgram program =
        ViewProgram.compile(
            view(
                null,
                count("all_events", null),
                over("total", AggregateFunction.SUM, "total", ValueType.DOUBLE, null, 7),
                over("again", AggregateFunction.SUM, " `total` ", ValueType.DOUBLE, null, 7),
                over("longer", AggregateFunction.SUM, "total", ValueType.DOUBLE, null, 30),
                over("mean", AggregateFunction.AVG, "total", ValueType.DOUBLE, null, 7),
                over("good", AggregateFunction.SUM, "total", ValueType.DOUBLE, "status='ok'", 7),
                over("best", AggregateFunction.MAX, "total", ValueType.DOUBLE, "status = 'ok'", 7),
                count("good_events", "status = 'ok'"),
                over("known", AggregateFunction.COUNT, "status", ValueType.INT64, null, 7)));

    assertThat(program.plan().columns())
        .containsExactly(ValueType.DOUBLE, ValueType.DOUBLE, ValueType.BOOL, ValueType.BOOL);
    assertThat(program.plan().aggregates())
        .containsExactly(
            WindowedAggregate.sliding(AggregateFunction.COUNT_ALL, -1, DAY),
            WindowedAggregate.sliding(AggregateFunction.SUM, 0, 7 * DAY),
            WindowedAggregate.sliding(AggregateFunction.SUM, 0, 30 * DAY),
            WindowedAggregate.sliding(AggregateFunction.AVG, 0, 7 * DAY),
            WindowedAggregate.sliding(AggregateFunction.SUM, 1, 7 * DAY),
            WindowedAggregate.sliding(AggregateFunction.MAX, 1, 7 * DAY),
            WindowedAggregate.sliding(AggregateFunction.COUNT, 2, DAY),
            WindowedAggregate.sliding(AggregateFunction.COUNT, 3, 7 * DAY));
    assertThat(program.input(0).columns(program.input(0).extend(event("ok"), AT)))
        .containsExactly(2.0, 2.0, true, true);
    assertThat(program.input(0).columns(program.input(0).extend(event("no"), AT)))
        .containsExactly(2.0, null, null, true);
    assertThat(program.input(0).columns(program.input(0).extend(event((String) null), AT)))
        .containsExactly(2.0, null, null, null);
    assertThat(program.features(new Object[] {1L, 2.0, 3.0, 4.0, 5.0, 6.0, 7L, 8L}))
        .containsExactly(1L, 2.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7L, 8L);
  }

  @Test
  void logsNoNegativeZero() {
    ViewProgram program =
        ViewProgram.compile(
            view(null, over("p", AggregateFunction.MIN, "price", ValueType.DOUBLE, null, 1)));

    Object[] columns = program.input(0).columns(program.input(0).extend(event(1, -0.0), AT));

    assertThat(columns).containsExactly(0.0);
    assertThat(Double.doubleToRawLongBits((Double) columns[0])).isZero();
  }

  @Test
  void fillsDefaultsBeforeTheExpressionsThatUseThem() {
    ViewProgram program =
        ViewProgram.compile(
            view(
                null,
                withDefault(
                    over("s", AggregateFunction.SUM, "total", ValueType.DOUBLE, null, 7), 1.0),
                new DerivedFeature(
                    "half", new Expression("s / 2", ValueType.DOUBLE), null, Metadata.NONE),
                new DerivedFeature(
                    "bad", new Expression("half / 0", ValueType.DOUBLE), -1.0, Metadata.NONE),
                new DerivedFeature(
                    "sum", new Expression("half + bad", ValueType.DOUBLE), null, Metadata.NONE)),
            counter);

    assertThat(program.features(new Object[] {null})).containsExactly(1.0, 0.5, -1.0, -0.5);
    assertThat(program.features(new Object[] {4.0})).containsExactly(4.0, 2.0, -1.0, 1.0);
    assertThat(nulls).isEqualTo(Map.of("bad", 2));
  }

  @Test
  void countsWhatItCannotComputeForTheFeaturesThatLackIt() {
    ViewProgram program =
        ViewProgram.compile(
            view(
                null,
                count("n", null),
                over("total", AggregateFunction.SUM, "total", ValueType.DOUBLE, null, 7),
                over("ratio", AggregateFunction.MAX, "1 / quantity", ValueType.DOUBLE, null, 7)),
            counter);

    program.input(0).columns(program.input(0).extend(event(1, 2.0), AT));
    assertThat(nulls).isEmpty();

    Object[] columns = program.input(0).columns(program.input(0).extend(event(0, 2.0), AT));
    assertThat(columns).containsExactly(0.0, null);
    assertThat(nulls).isEqualTo(Map.of("ratio", 1));

    assertThat(program.input(0).columns(program.input(0).extend(event(2, 1e308), AT)))
        .containsExactly(null, 0.5);
    assertThat(nulls).isEqualTo(Map.of("ratio", 1, "total", 1));
  }

  @Test
  void refusesAViewWhoseTypesAreNotItsExpressions() {
    FeatureView view =
        view(
            null,
            new DerivedFeature(
                "x", new Expression("1 + 1", ValueType.DOUBLE), null, Metadata.NONE));

    assertThatThrownBy(() -> ViewProgram.compile(view))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'1 + 1' is INT32, not DOUBLE");
  }

  private static FeatureView view(String where, Feature... features) {
    Entity entity =
        new Entity(
            "card_shop",
            List.of(new JoinKey("shop", ValueType.STRING), new JoinKey("card", ValueType.INT64)),
            "");
    return new FeatureView(
        "v",
        entity,
        source(),
        List.of("shop", "buyer"),
        where == null ? null : new Expression(where, ValueType.BOOL),
        List.of(features));
  }

  private static EventSource source() {
    List<Field> fields =
        List.of(
            new Field("buyer", ValueType.INT32, true),
            new Field("shop", ValueType.STRING, true),
            new Field("quantity", ValueType.INT32, false),
            new Field("price", ValueType.DOUBLE, false),
            new Field("status", ValueType.STRING, true));
    return new EventSource(
        "s",
        "{}",
        fields,
        new EventTime("quantity", null, "UTC"),
        List.of("shop"),
        List.of(
            new Column("total", new Expression("quantity * price", ValueType.DOUBLE)),
            new Column("unused", new Expression("price - quantity", ValueType.DOUBLE))),
        WatermarkPolicy.DEFAULT,
        null);
  }

  private static AggregateFeature count(String name, String where) {
    return where(new AggregateFeature(name, "s", Aggregate.countAll(), Window.sliding(DAY)), where);
  }

  private static AggregateFeature over(
      String name, AggregateFunction function, String sql, ValueType type, String where, int days) {
    ValueType input = function == AggregateFunction.COUNT ? ValueType.STRING : ValueType.DOUBLE;
    Aggregate aggregate = Aggregate.of(function, new Expression(sql, input));
    assertThat(aggregate.type()).isEqualTo(type);
    return where(new AggregateFeature(name, "s", aggregate, Window.sliding(days * DAY)), where);
  }

  private static AggregateFeature where(AggregateFeature feature, String condition) {
    return condition == null ? feature : feature.where(new Expression(condition, ValueType.BOOL));
  }

  private static AggregateFeature withDefault(AggregateFeature feature, Object value) {
    return new AggregateFeature(
        feature.name(),
        feature.source(),
        feature.aggregate(),
        feature.where(),
        feature.window(),
        value,
        Metadata.NONE);
  }

  private static Object[] event(int quantity, double price) {
    return new Object[] {1, "shop", quantity, price, "ok"};
  }

  private static Object[] event(String status) {
    List<Object> values = new ArrayList<>(List.of(1, "shop", 1, 2.0));
    values.add(status);
    return values.toArray();
  }
}
