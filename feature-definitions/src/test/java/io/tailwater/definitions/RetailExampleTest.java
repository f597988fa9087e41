// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.WindowedAggregate;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.program.ViewProgram;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shipped example, which newcomers copy. */
class RetailExampleTest {
  private static final long DAY = 86_400_000L;

  private final Project project = ProjectLoader.load(Path.of("retail"));

  @Test
  void holdsTheStreamingTrioAndTheFeaturesOfCustomerBehaviorThatComeFromOrders() {
    assertThat(featureNames("customer_transactions"))
        .containsExactly("purchases_today", "spend_today", "avg_order_today");
    assertThat(featureNames("customer_behavior"))
        .containsExactly(
            "purchases_last_7d",
            "purchases_last_30d",
            "spend_last_7d",
            "spend_last_30d",
            "avg_order_value_30d",
            "smallest_order_30d",
            "largest_order_30d",
            "bulk_purchases_30d",
            "weekly_share_of_month");
  }

  @Test
  void logsEachColumnOnceHoweverManyFeaturesUseIt() {
    ViewProgram program = ViewProgram.compile(view("customer_behavior"));

    assertThat(program.plan().columns()).containsExactly(ValueType.DOUBLE, ValueType.BOOL);
    assertThat(program.plan().aggregates())
        .contains(WindowedAggregate.sliding(AggregateFunction.COUNT, 1, 30 * DAY))
        .hasSize(8);
  }

  @Test
  void computesAnOrder() {
    ViewProgram program = ViewProgram.compile(view("customer_behavior"));

    Object[] row = program.input(0).extend(order("COMPLETED", 10, 2.5), 0);

    assertThat(program.input(0).accepts(row)).isTrue();
    assertThat(program.input(0).accepts(program.input(0).extend(order("RETURNED", 1, 2.5), 0)))
        .isFalse();
    assertThat(program.input(0).key(row)).containsExactly(7L);
    assertThat(program.input(0).columns(row)).containsExactly(25.0, true);
    assertThat(program.input(0).columns(program.input(0).extend(order("COMPLETED", 9, 2.0), 0)))
        .containsExactly(18.0, null);
    assertThat(program.features(new Object[] {1L, 4L, 25.0, 85.5, 21.375, 1.5, 40.0, 2L}))
        .containsExactly(1L, 4L, 25.0, 85.5, 21.375, 1.5, 40.0, 2L, 0.25);
  }

  @Test
  void givesAnEmptyWindowItsDefaults() {
    ViewProgram program = ViewProgram.compile(view("customer_behavior"));

    assertThat(program.features(new Object[] {0L, 0L, null, null, null, null, null, 0L}))
        .containsExactly(0L, 0L, 0.0, 0.0, null, null, null, 0L, 0.0);
  }

  private FeatureView view(String name) {
    return project.view(name).orElseThrow();
  }

  private List<String> featureNames(String view) {
    return view(view).features().stream().map(Feature::name).toList();
  }

  private static Object[] order(String status, int quantity, double price) {
    return new Object[] {"o-1", 7L, 1_700_000_000_000L, "p-1", "toys", quantity, price, status};
  }
}
