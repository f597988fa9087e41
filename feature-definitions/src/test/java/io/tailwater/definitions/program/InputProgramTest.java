// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.WindowedAggregate;
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
import io.tailwater.definitions.model.Metadata;
import io.tailwater.definitions.model.ViewInput;
import io.tailwater.definitions.model.WatermarkPolicy;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A view of orders {@code (customer, at, price)} and carts {@code (shopper, event_time, kind)}. */
class InputProgramTest {
  private static final int ORDERS = 0;
  private static final int CARTS = 1;
  private static final int NONE = WindowedAggregate.NO_COLUMN;
  private static final Window WEEK = Window.sliding(7 * 86_400_000L);
  private static final long AT = 1_700_000_000_000L;
  private static final BigDecimal TWO = new BigDecimal(2);

  @Test
  void logsTheUnionOfTheColumnsOfItsInputs() {
    FeatureView view =
        view(
            feature("orders", Aggregate.countAll()),
            feature("orders", sum("price", ValueType.DOUBLE)),
            feature("carts", Aggregate.countAll()),
            feature("carts", Aggregate.countAll())
                .where(new Expression("kind = 'NEW'", ValueType.BOOL)),
            feature("carts", max("event_time")));

    ViewProgram program = ViewProgram.compile(view);

    assertThat(program.plan()).isEqualTo(ViewProgram.planOf(view));
    assertThat(program.plan().columns())
        .containsExactly(
            ValueType.BOOL, ValueType.DOUBLE, ValueType.BOOL, ValueType.BOOL, ValueType.TIMESTAMP);
    assertThat(program.plan().aggregates())
        .containsExactly(
            aggregate(AggregateFunction.COUNT, 0),
            aggregate(AggregateFunction.SUM, 1),
            aggregate(AggregateFunction.COUNT, 2),
            aggregate(AggregateFunction.COUNT, 3),
            aggregate(AggregateFunction.MAX, 4));
    assertThat(columns(program.input(ORDERS), order(2.5)))
        .containsExactly(true, 2.5, null, null, null);
    assertThat(columns(program.input(CARTS), cart("NEW")))
        .containsExactly(null, null, true, true, AT);
    assertThat(columns(program.input(CARTS), cart("OLD")))
        .containsExactly(null, null, true, null, AT);
  }

  @Test
  void keepsEqualExpressionsOfDifferentSourcesApart() {
    FeatureView view =
        view(feature("orders", max("event_time")), feature("carts", max("event_time")));

    assertThat(ViewProgram.planOf(view).columns()).hasSize(2);
    assertThat(ViewProgram.planOf(view).aggregates()).hasSize(2);
  }

  @Test
  void takesKeyAndConditionOfEachInput() {
    ViewProgram program =
        ViewProgram.compile(
            view(feature("orders", Aggregate.countAll()), feature("carts", Aggregate.countAll())));
    InputProgram orders = program.input(ORDERS);
    InputProgram carts = program.input(CARTS);

    assertThat(orders.key(orders.extend(order(1.0), AT))).containsExactly(7L);
    assertThat(carts.key(carts.extend(cart("NEW"), AT))).containsExactly(8L);
    assertThat(orders.accepts(orders.extend(order(-1.0), AT))).isFalse();
    assertThat(orders.accepts(orders.extend(order(1.0), AT))).isTrue();
    assertThat(carts.accepts(carts.extend(cart("NEW"), AT))).isTrue();
  }

  @Test
  void anEventIsSeenIfTheConditionOfSomeFeatureIsTrue() {
    Expression isNew = new Expression("kind = 'NEW'", ValueType.BOOL);
    AggregateFeature ofNew = feature("carts", Aggregate.countAll()).where(isNew);
    AggregateFeature ofAll = feature("carts", max("event_time"));
    InputProgram some = ViewProgram.compile(single(ofNew)).input(0);
    InputProgram all = ViewProgram.compile(single(ofNew, ofAll)).input(0);

    assertThat(some.isSeen(some.extend(cart("NEW"), AT))).isTrue();
    assertThat(some.isSeen(some.extend(cart("OLD"), AT))).isFalse();
    assertThat(some.isSeen(some.extend(cart(null), AT))).isFalse();
    assertThat(all.isSeen(all.extend(cart("OLD"), AT))).isTrue();
  }

  @Test
  void oneInputAloneDoesTheSame() {
    FeatureView view =
        view(feature("orders", Aggregate.countAll()), feature("carts", max("event_time")));
    InputProgram carts = InputProgram.compile(view, CARTS, FeatureNulls.IGNORED);

    assertThat(columns(carts, cart("NEW"))).containsExactly(null, AT);
  }

  @Test
  void putsTheTimeWhereAFieldOfItsNameIs() {
    ViewProgram program =
        ViewProgram.compile(
            view(feature("orders", Aggregate.countAll()), feature("carts", Aggregate.countAll())));

    assertThat(program.input(ORDERS).extend(order(2.5), AT)).containsExactly(7L, 5L, 2.5, AT);
    assertThat(program.input(CARTS).extend(cart("NEW"), AT)).containsExactly(8, AT, "NEW", AT);
  }

  @Test
  void countsCategoriesByMarks() {
    Expression kind = new Expression("kind", ValueType.STRING);
    Expression isNew = new Expression("kind = 'NEW'", ValueType.BOOL);
    FeatureView view =
        single(
            feature("carts", Aggregate.countAll()),
            feature("carts", Aggregate.countAll().by(kind)),
            feature("carts", max("event_time").by(kind)),
            feature("carts", Aggregate.countAll().by(kind)).where(isNew));

    ViewProgram program = ViewProgram.compile(view);

    assertThat(program.plan().aggregates())
        .containsExactly(
            new WindowedAggregate(AggregateFunction.COUNT_ALL, null, NONE, NONE, WEEK),
            new WindowedAggregate(AggregateFunction.COUNT, null, 0, 1, WEEK),
            new WindowedAggregate(AggregateFunction.MAX, null, 2, 1, WEEK),
            new WindowedAggregate(AggregateFunction.COUNT, null, 3, 4, WEEK));
    assertThat(columns(program.input(0), cart("NEW")))
        .containsExactly(true, "NEW", AT, true, "NEW");
    // An event that the feature does not count has no category in it either.
    assertThat(columns(program.input(0), cart("OLD"))).containsExactly(true, "OLD", AT, null, null);
  }

  @Test
  void writesCategoriesAsTheirText() {
    FeatureView view =
        single(
            feature(
                "carts",
                Aggregate.countAll()
                    .by(new Expression("CAST(shopper AS VARCHAR)", ValueType.STRING))),
            feature(
                "carts",
                Aggregate.countAll()
                    .by(new Expression("CAST(kind = 'NEW' AS VARCHAR)", ValueType.STRING))));

    assertThat(columns(ViewProgram.compile(view).input(0), cart("NEW")))
        .containsExactly(true, "8", "TRUE");
  }

  @Test
  void keepsAggregatesOfDifferentParametersAndWindowsApart() {
    Expression kind = new Expression("kind", ValueType.STRING);
    Aggregate lastTwo = Aggregate.of(AggregateFunction.LAST_N, kind, TWO);
    FeatureView view =
        single(
            feature("carts", lastTwo),
            feature("carts", Aggregate.of(AggregateFunction.LAST_N, kind, BigDecimal.TEN)),
            new AggregateFeature("life", "carts", lastTwo, new Window.Lifetime()),
            new AggregateFeature("again", "carts", lastTwo, new Window.Lifetime()));

    assertThat(ViewProgram.planOf(view).columns()).containsExactly(ValueType.STRING);
    assertThat(ViewProgram.planOf(view).aggregates())
        .containsExactly(
            new WindowedAggregate(AggregateFunction.LAST_N, TWO, 0, NONE, WEEK),
            new WindowedAggregate(AggregateFunction.LAST_N, BigDecimal.TEN, 0, NONE, WEEK),
            new WindowedAggregate(AggregateFunction.LAST_N, TWO, 0, NONE, new Window.Lifetime()));
  }

  @Test
  void reportsFaultsToTheFeaturesOfTheInput() {
    Map<String, Integer> nulls = new TreeMap<>();
    FeatureView view =
        view(
            named("a", "orders", Aggregate.countAll()),
            named("b", "orders", sum("1 / price", ValueType.DOUBLE)),
            named("c", "carts", max("event_time")));
    InputProgram orders =
        ViewProgram.compile(view, feature -> nulls.merge(feature, 1, Integer::sum)).input(ORDERS);

    columns(orders, order(0.0));

    assertThat(nulls).isEqualTo(Map.of("b", 1));
  }

  private static Object[] columns(InputProgram input, Object[] event) {
    return input.columns(input.extend(event, AT));
  }

  private static Object[] order(double price) {
    return new Object[] {7L, 5L, price};
  }

  private static Object[] cart(String kind) {
    return new Object[] {8, "yesterday", kind};
  }

  private static WindowedAggregate aggregate(AggregateFunction function, int column) {
    return new WindowedAggregate(function, null, column, NONE, WEEK);
  }

  private static Aggregate sum(String sql, ValueType type) {
    return Aggregate.of(AggregateFunction.SUM, new Expression(sql, type));
  }

  private static Aggregate max(String sql) {
    return Aggregate.of(AggregateFunction.MAX, new Expression(sql, ValueType.TIMESTAMP));
  }

  private static AggregateFeature feature(String source, Aggregate aggregate) {
    return named("f" + System.identityHashCode(aggregate), source, aggregate);
  }

  private static AggregateFeature named(String name, String source, Aggregate aggregate) {
    return new AggregateFeature(name, source, aggregate, WEEK);
  }

  private static FeatureView view(Feature... features) {
    ViewInput orders =
        new ViewInput(
            source(
                "orders",
                new Field("customer", ValueType.INT64, true),
                new Field("at", ValueType.TIMESTAMP, false),
                new Field("price", ValueType.DOUBLE, false)),
            List.of("customer"),
            new Expression("price >= 0", ValueType.BOOL));
    return new FeatureView(
        "v", customer(), List.of(orders, carts()), List.of(features), null, Metadata.NONE);
  }

  private static FeatureView single(Feature... features) {
    return new FeatureView(
        "v", customer(), List.of(carts()), List.of(features), null, Metadata.NONE);
  }

  private static ViewInput carts() {
    EventSource source =
        new EventSource(
            "carts",
            "{}",
            List.of(
                new Field("shopper", ValueType.INT32, true),
                new Field("event_time", ValueType.STRING, false),
                new Field("kind", ValueType.STRING, true)),
            new EventTime("event_time", null, "UTC"),
            List.of("kind"),
            List.of(new Column("again", new Expression("event_time", ValueType.TIMESTAMP))),
            WatermarkPolicy.DEFAULT,
            null);
    return new ViewInput(source, List.of("shopper"), null);
  }

  private static Entity customer() {
    return new Entity("customer", List.of(new JoinKey("customer_id", ValueType.INT64)), "");
  }

  private static EventSource source(String name, Field... fields) {
    return new EventSource(
        name,
        "{}",
        List.of(fields),
        new EventTime("at", null, "UTC"),
        List.of("at"),
        List.of(),
        WatermarkPolicy.DEFAULT,
        null);
  }
}
