// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import static io.tailwater.jobs.view.EvolvedViews.both;
import static io.tailwater.jobs.view.EvolvedViews.cartsAndOrders;
import static io.tailwater.jobs.view.EvolvedViews.count;
import static io.tailwater.jobs.view.EvolvedViews.derived;
import static io.tailwater.jobs.view.EvolvedViews.last;
import static io.tailwater.jobs.view.EvolvedViews.of;
import static io.tailwater.jobs.view.EvolvedViews.ofWhere;
import static io.tailwater.jobs.view.EvolvedViews.orders;
import static io.tailwater.jobs.view.EvolvedViews.ordersAllowing;
import static io.tailwater.jobs.view.EvolvedViews.ordersAndCarts;
import static io.tailwater.jobs.view.EvolvedViews.ordersWhere;
import static io.tailwater.jobs.view.EvolvedViews.renamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.Window;
import io.tailwater.definitions.evolution.FeatureChange;
import io.tailwater.definitions.evolution.ProjectChange;
import io.tailwater.definitions.evolution.Readiness;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.ViewInput;
import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.jobs.view.WindowsHarness.Setup;
import io.tailwater.stores.DeadLetter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A stream of random orders and carts that goes on from a savepoint with other definitions, against
 * the naive recomputation of all events by the new ones.
 */
class ViewEvolutionTest {
  private static final Window LIFETIME = new Window.Lifetime();
  private static final AggregateFeature COUNT_20 = count("count_20", "orders", last(20));
  private static final Feature SUM_20 = of("sum_20", AggregateFunction.SUM, "amount", last(20));
  private static final Feature MODE_30 =
      of("mode_30", AggregateFunction.MODE, "category", last(30));
  private static final Feature CARTS_20 = count("carts_20", "carts", last(20));
  private static final List<Feature> KEPT = List.of(COUNT_20, SUM_20);
  private static final List<Feature> KEPT_FOR_EVER =
      List.of(
          COUNT_20,
          count("count", "orders", LIFETIME),
          of("sum", AggregateFunction.SUM, "amount", LIFETIME),
          of("max", AggregateFunction.MAX, "amount", LIFETIME),
          of("last", AggregateFunction.LAST, "category", LIFETIME));

  /** Name, view before, view after, and the features that are exact at every instant. */
  static Stream<Arguments> changes() {
    return Stream.of(
            change("nothing", orders(both(KEPT)), orders(both(KEPT)), "count_20", "sum_20"),
            change(
                "add over a logged column",
                orders(both(KEPT)),
                orders(
                    of("max_20", AggregateFunction.MAX, "amount", last(20)),
                    SUM_20,
                    of("median_20", AggregateFunction.MEDIAN, "amount", last(20)),
                    COUNT_20),
                "count_20",
                "sum_20"),
            change(
                "add over a new column",
                orders(both(KEPT)),
                orders(both(List.of(MODE_30), SUM_20, COUNT_20)),
                "count_20",
                "sum_20"),
            change("drop", orders(both(KEPT, MODE_30)), orders(both(KEPT)), "count_20", "sum_20"),
            change(
                "lengthen",
                orders(both(KEPT)),
                orders(COUNT_20, of("sum_20", AggregateFunction.SUM, "amount", last(150))),
                "count_20"),
            change(
                "shorten",
                orders(both(KEPT)),
                orders(COUNT_20, of("sum_20", AggregateFunction.SUM, "amount", last(7))),
                "count_20"),
            change(
                "a feature's where",
                orders(
                    COUNT_20,
                    ofWhere("sum_20", AggregateFunction.SUM, "amount", "amount > 50", last(20))),
                orders(
                    COUNT_20,
                    ofWhere("sum_20", AggregateFunction.SUM, "amount", "amount > 20", last(20))),
                "count_20"),
            change(
                "the view's where",
                ordersWhere("amount > 50", both(KEPT)),
                ordersWhere("amount > 20", both(KEPT))),
            change(
                "rename",
                orders(both(KEPT, derived("mean", "sum_20 / count_20"))),
                orders(
                    renamed("orders_20", COUNT_20), SUM_20, derived("mean", "sum_20 / orders_20")),
                "orders_20",
                "sum_20",
                "mean"),
            change(
                "another name",
                orders(both(KEPT)),
                orders(count("orders_20", "orders", last(20)), SUM_20),
                "sum_20"),
            change(
                "a second source",
                orders(both(KEPT)),
                ordersAndCarts(both(KEPT, CARTS_20)),
                "count_20",
                "sum_20"),
            change(
                "a second source before the first",
                orders(both(KEPT)),
                cartsAndOrders(both(KEPT, CARTS_20)),
                "count_20",
                "sum_20"),
            change(
                "one source less",
                cartsAndOrders(both(KEPT, CARTS_20)),
                orders(both(KEPT)),
                "count_20",
                "sum_20"),
            change(
                "lifetimes",
                orders(both(KEPT_FOR_EVER)),
                orders(both(KEPT_FOR_EVER, of("avg", AggregateFunction.AVG, "amount", LIFETIME))),
                "count_20",
                "count",
                "sum",
                "max",
                "last"),
            change(
                "lifetimes and a second source",
                orders(both(KEPT_FOR_EVER)),
                ordersAndCarts(both(KEPT_FOR_EVER, CARTS_20)),
                "count_20",
                "count",
                "sum",
                "max",
                "last"),
            change(
                "lifetimes and one source less",
                ordersAndCarts(both(KEPT_FOR_EVER, CARTS_20)),
                orders(both(KEPT_FOR_EVER)),
                "count_20",
                "count",
                "sum",
                "max",
                "last"),
            change(
                "more lateness",
                orders(both(KEPT)),
                ordersAllowing(150, both(KEPT)),
                "count_20",
                "sum_20"))
        .flatMap(
            change ->
                Stream.of(Backend.values())
                    .map(
                        backend ->
                            Arguments.of(change[0], backend, change[1], change[2], change[3])));
  }

  private static Object[] change(
      String name, FeatureView before, FeatureView after, String... exact) {
    return new Object[] {name, before, after, List.of(exact)};
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("changes")
  void goesOnExactly(
      String name, Backend backend, FeatureView before, FeatureView after, List<String> exact)
      throws Exception {
    for (long seed = 1; seed <= 2; seed++) {
      EvolvedStream stream = new EvolvedStream(seed, backend);
      stream.run(before, 200);
      stream.run(after, 200);
      stream.check(exact);
    }
  }

  @ParameterizedTest
  @EnumSource
  void goesOnExactlyOverTwoChangesAtOnceAndBack(Backend backend) throws Exception {
    for (long seed = 1; seed <= 2; seed++) {
      EvolvedStream stream = new EvolvedStream(seed, backend);
      stream.run(orders(both(KEPT)), 150);
      stream.run(ordersAndCarts(both(KEPT, CARTS_20, MODE_30)), 0);
      stream.run(ordersAndCarts(both(KEPT, CARTS_20)), 150);
      stream.run(orders(both(KEPT)), 100);
      stream.check(List.of("count_20", "sum_20"));
    }
  }

  /** What the comparison of definitions promises before anything is deployed. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("changesOfDefinitions")
  void knowsFeaturesFromWhenOnThePlanSays(String name, FeatureView before, FeatureView after) {
    assumeThat(name).as("refused by the plan").isNotEqualTo("more lateness");
    long watermark = 5_000;
    Map<String, Long> completeFrom =
        new ViewEvolution(
                ViewEvolution.first(before, Map.of()), after, watermark, watermark, Map.of())
            .after()
            .completeFromByFeature();
    for (FeatureChange change :
        ProjectChange.between(project(before), project(after)).views().get(0).features()) {
      if (change.kind() == FeatureChange.Kind.DROPPED) {
        continue;
      }
      long complete = completeFrom.get(change.name());
      if (change.isSame()) {
        assertThat(complete).as(change.name()).isEqualTo(Completeness.ALWAYS);
      } else if (change.readiness().afterMillis() == Readiness.NEVER) {
        assertThat(complete).as(change.name()).isEqualTo(Completeness.NEVER);
      } else {
        // The log holds what late events need as well, which the plan does not count upon.
        long promised = watermark + change.readiness().afterMillis();
        assertThat(complete)
            .as(change.name())
            .isBetween(Math.max(watermark, promised - EvolvedViews.LATENESS), promised + 1);
      }
    }
  }

  static Stream<Arguments> changesOfDefinitions() {
    return changes()
        .filter(change -> change.get()[1] == Backend.HEAP)
        .map(change -> Arguments.of(change.get()[0], change.get()[2], change.get()[3]));
  }

  private static Project project(FeatureView view) {
    return new Project(
        "shop",
        List.of(view.entity()),
        view.inputs().stream().map(ViewInput::source).toList(),
        List.of(view));
  }

  @Test
  void anEventThatComesAgainIsADuplicateThoughMoreIsLoggedOfItNow() throws Exception {
    WindowsHarness before = Setup.of(orders(both(KEPT))).start();
    OperatorSubtaskState state =
        before.event(1, 1_000, "a", 1.0).event(1, 1_001, "b", 1.0).watermark(1_000).checkpoint();
    before.close();

    try (WindowsHarness after = Setup.of(orders(both(KEPT, MODE_30))).restore(state)) {
      after.event(1, 1_000, "a", 1.0).event(1, 1_001, "b", 2.0).event(1, 1_002, "c", 1.0);

      assertThat(after.count(Verdict.DUPLICATE)).isEqualTo(2);
      assertThat(after.deadLetters())
          .extracting(DeadLetter::code)
          .containsExactly(DeadLetter.Code.CONFLICTING_DUPLICATE.name());
      assertThat(after.lastOnline().values()).containsExactly(3L, 3.0, "category-1");
    }
  }

  @Test
  void saysFromWhenOnFeaturesAreComplete() throws Exception {
    FeatureView after =
        orders(
            COUNT_20,
            of("sum_20", AggregateFunction.SUM, "amount", last(200)),
            of("max_20", AggregateFunction.MAX, "amount", last(20)),
            of("first", AggregateFunction.FIRST, "amount", LIFETIME),
            MODE_30);
    try (WindowsHarness before = Setup.of(orders(both(KEPT))).start()) {
      before.event(
          new ViewEvent(
              0,
              WindowsHarness.key(1),
              1_100,
              new byte[] {1},
              new Object[] {1.0},
              "orders/0/0",
              null,
              null));
      before.watermark(1_000);
      OperatorSubtaskState state = before.checkpoint();

      try (WindowsHarness restored = Setup.of(after).restore(state)) {
        // The log holds what is younger than the watermark less 50 of lateness and 20 of window.
        assertThat(completeFrom(restored, after))
            .isEqualTo(
                Map.of(
                    "count_20",
                    Completeness.ALWAYS,
                    "sum_20",
                    1_000L - 50 - 20 + 200,
                    "max_20",
                    1_000L,
                    "first",
                    Completeness.NEVER,
                    "mode_30",
                    1_101L + 30));
      }
    }
  }

  private static Map<String, Long> completeFrom(WindowsHarness windows, FeatureView view) {
    return view.storedFeatures().stream()
        .collect(Collectors.toMap(Feature::name, feature -> windows.completeFrom(feature.name())));
  }
}
