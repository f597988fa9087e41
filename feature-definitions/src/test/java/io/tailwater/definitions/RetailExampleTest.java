// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.WindowedAggregate;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.BatchFeatureView;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.program.InputProgram;
import io.tailwater.definitions.program.ViewProgram;
import io.tailwater.definitions.retrieval.OutputFeature;
import io.tailwater.definitions.retrieval.RetrievalPlan;
import io.tailwater.definitions.retrieval.ViewRead;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The shipped example, which newcomers copy. */
class RetailExampleTest {
  private static final long DAY = 86_400_000L;
  private static final long AT = 1_700_000_000_000L;

  private final Project project = ProjectLoader.load(Path.of("retail"));

  @Test
  void holdsTheStreamingTrioAndTheFeaturesOfCustomersAndProductsThatComeFromEvents() {
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
            "weekly_share_of_month",
            "spend_the_month_before",
            "purchases_this_local_day",
            "last_purchase_at",
            "days_since_last_purchase",
            "spend_by_category_30d",
            "favourite_products_30d",
            "last_products_30d",
            "page_views_last_7d",
            "support_tickets_last_30d",
            "carts_created_30d",
            "carts_abandoned_30d",
            "cart_abandonment_rate_30d");
    assertThat(featureNames("product_sales"))
        .containsExactly(
            "units_sold_1d",
            "units_sold_7d",
            "units_sold_30d",
            "revenue_1d",
            "revenue_7d",
            "revenue_30d",
            "buyers_1d",
            "buyers_7d",
            "buyers_30d",
            "median_price_1d",
            "median_price_7d",
            "median_price_30d");
  }

  @Test
  void hasEveryKindOfWindowAndOfType() {
    FeatureView view = view("customer_behavior");

    assertThat(view.inputs())
        .extracting(input -> input.source().name())
        .containsExactly("orders", "page_views", "support_tickets", "carts");
    assertThat(windows(view))
        .contains(
            Window.sliding(7 * DAY),
            new Window.Sliding(30 * DAY, 30 * DAY, 1),
            new Window.Calendar(Window.Calendar.Period.DAY, ZoneId.of("Europe/Lisbon")),
            new Window.Lifetime());
    assertThat(types(view))
        .containsEntry("last_purchase_at", ValueType.TIMESTAMP)
        .containsEntry("spend_by_category_30d", ValueType.mapOf(ValueType.DOUBLE))
        .containsEntry("favourite_products_30d", ValueType.arrayOf(ValueType.STRING))
        .containsEntry("cart_abandonment_rate_30d", ValueType.DOUBLE);
  }

  @Test
  void takesTheProfileFromATable() {
    BatchFeatureView profile = project.batchView("customer_profile").orElseThrow();

    assertThat(profile.tables().get(0).options(Map.of("CRM_URL", "jdbc:postgresql://crm/crm")))
        .containsEntry("connector", "jdbc")
        .containsEntry("url", "jdbc:postgresql://crm/crm");
    assertThat(profile.storedFeatures())
        .extracting(Feature::name)
        .containsExactly(
            "signed_up_at",
            "total_orders",
            "lifetime_value",
            "preferred_category",
            "email_verified");
  }

  @Test
  void servesTheWholeChurnExample() {
    RetrievalPlan churn =
        RetrievalPlan.ofService(project, project.service("churn_v1").orElseThrow());

    assertThat(churn.outputs())
        .extracting(OutputFeature::column)
        .containsExactly(
            "account_age_days",
            "total_orders",
            "lifetime_value",
            "preferred_category",
            "email_verified",
            "purchases_last_7d",
            "purchases_last_30d",
            "avg_order_value_30d",
            "days_since_last_purchase",
            "cart_abandonment_rate_30d",
            "support_tickets_last_30d",
            "page_views_last_7d",
            "purchases_today",
            "spend_today",
            "avg_order_today",
            "recency_score",
            "activity_score");
    assertThat(churn.requestFields()).isEmpty();
    assertThat(churn.views()).noneMatch(ViewRead::before);
  }

  @Test
  void computesTheScoresOfARequest() {
    List<FeatureReference> references =
        List.of(
            FeatureReference.parse("customer_behavior:days_since_last_purchase"),
            FeatureReference.parse("customer_scores:*"));
    RetrievalPlan plan = RetrievalPlan.of(project, references);

    assertThat(plan.views())
        .extracting(ViewRead::stored)
        .containsExactly(
            List.of(
                "purchases_last_30d",
                "avg_order_value_30d",
                "last_purchase_at",
                "page_views_last_7d"));
    assertThat(
            plan.compile()
                .compute(new Object[][] {{3L, 40.0, AT - 30 * DAY, 8L}}, new Object[] {20.0}, AT))
        .containsExactly(30, 0.5, 0.38, 0.5);
  }

  @Test
  void fraudSeesOnlyWhatWasBefore() {
    RetrievalPlan fraud =
        RetrievalPlan.ofService(project, project.service("fraud_v1").orElseThrow());

    assertThat(fraud.views())
        .extracting(view -> view.view().name())
        .containsExactly("customer_transactions", "customer_behavior");
    assertThat(fraud.views()).allMatch(ViewRead::before);
  }

  @Test
  void logsEachColumnOnceHoweverManyFeaturesUseIt() {
    ViewProgram program = ViewProgram.compile(view("product_sales"));

    assertThat(program.plan().columns())
        .containsExactly(ValueType.INT32, ValueType.DOUBLE, ValueType.INT64, ValueType.DOUBLE);
    assertThat(program.plan().aggregates())
        .contains(WindowedAggregate.sliding(AggregateFunction.COUNT_DISTINCT, 2, 30 * DAY))
        .hasSize(12);
  }

  @Test
  void computesAnOrder() {
    InputProgram orders = ViewProgram.compile(view("customer_transactions")).input(0);

    Object[] row = orders.extend(order("COMPLETED", 10, 2.5), AT);

    assertThat(orders.accepts(row)).isTrue();
    assertThat(orders.accepts(orders.extend(order("RETURNED", 1, 2.5), AT))).isFalse();
    assertThat(orders.key(row)).containsExactly(7L);
    assertThat(orders.columns(row)).containsExactly(25.0);
  }

  @Test
  void aViewOfAPageByWhoIsNotLoggedInNeedsNoKey() {
    InputProgram views = ViewProgram.compile(view("customer_behavior")).input(1);

    assertThat(views.isSeen(views.extend(new Object[] {"v-1", 7L, AT, "/"}, AT))).isTrue();
    assertThat(views.isSeen(views.extend(new Object[] {"v-1", null, AT, "/"}, AT))).isFalse();
  }

  @Test
  void givesAnEmptyWindowItsDefaults() {
    assertThat(ViewProgram.compile(view("customer_transactions")).features(empty(0L, null, null)))
        .containsExactly(0L, 0.0, null);
    assertThat(
            ViewProgram.compile(view("product_sales"))
                .features(empty(null, null, null, null, null, null, 0L, 0L, 0L, null, null, null)))
        .startsWith(0L, 0L, 0L, 0.0, 0.0, 0.0)
        .endsWith(0L, 0L, 0L, null, null, null);
  }

  private static Object[] empty(Object... aggregates) {
    return aggregates;
  }

  private static List<Window> windows(FeatureView view) {
    return view.features().stream()
        .filter(AggregateFeature.class::isInstance)
        .map(feature -> ((AggregateFeature) feature).window())
        .toList();
  }

  private static Map<String, ValueType> types(FeatureView view) {
    return view.features().stream().collect(Collectors.toMap(Feature::name, Feature::type));
  }

  private FeatureView view(String name) {
    return project.view(name).orElseThrow();
  }

  private List<String> featureNames(String view) {
    return view(view).features().stream().map(Feature::name).toList();
  }

  private static Object[] order(String status, int quantity, double price) {
    return new Object[] {"o-1", 7L, AT, "p-1", "toys", quantity, price, status};
  }
}
