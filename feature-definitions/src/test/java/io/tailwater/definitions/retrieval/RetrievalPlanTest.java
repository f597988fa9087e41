// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.retrieval;

import static io.tailwater.definitions.retrieval.TestProject.references;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.FeatureReference;
import io.tailwater.definitions.model.FeatureService;
import io.tailwater.definitions.model.Field;
import io.tailwater.definitions.model.JoinKey;
import io.tailwater.definitions.model.Metadata;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.definitions.model.ViewAlias;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrievalPlanTest {
  @TempDir private static Path folder;
  private static Project project;

  @BeforeAll
  static void load() throws IOException {
    project = TestProject.load(folder);
  }

  @Test
  void readsOnlyTheStoredFeaturesThatAreNeededInTheViewsOrder() {
    RetrievalPlan plan = plan("behavior:last_at", "behavior:orders_30d");

    assertThat(plan.views())
        .containsExactly(
            new ViewRead(
                "behavior",
                project.view("behavior").orElseThrow(),
                List.of(new JoinKey("customer_id", ValueType.INT64)),
                List.of("orders_30d", "last_at"),
                List.of(ValueType.INT64, ValueType.TIMESTAMP),
                false));
    assertThat(plan.outputs())
        .extracting(OutputFeature::column)
        .containsExactly("last_at", "orders_30d");
    assertThat(plan.requestFields()).isEmpty();
  }

  @Test
  void aReadTimeFeaturePullsInWhatItIsComputedOf() {
    RetrievalPlan plan = plan("behavior:idle");

    assertThat(stored(plan)).containsExactly(List.of("last_at"));
    assertThat(plan.outputs())
        .containsExactly(new OutputFeature("behavior", "idle", ValueType.BOOL, "idle"));
  }

  @Test
  void aFeatureOfTheRequestTimeAloneStillReadsWhetherThereIsARow() {
    assertThat(stored(plan("behavior:hour_of_read"))).containsExactly(List.of());
  }

  @Test
  void aFeatureOnDemandPullsInItsInputsAndTheRequestsFields() {
    RetrievalPlan plan = plan("scores:more", "scores:share", "scores:double_recency");

    assertThat(plan.views())
        .extracting(read -> read.view().name())
        .containsExactly("behavior", "profile");
    assertThat(stored(plan))
        .containsExactly(List.of("orders_7d", "spend", "last_at"), List.of("orders_7d"));
    assertThat(plan.requestFields())
        .containsExactly(new Field("cart_value", ValueType.DOUBLE, true));
    assertThat(plan.outputs())
        .extracting(OutputFeature::name)
        .containsExactly("more", "share", "double_recency");
  }

  @Test
  void anAsteriskIsAllFeaturesOfAViewAndWhatIsAskedTwiceIsThereOnce() {
    assertThat(plan("behavior:spend", "behavior:*").outputs())
        .extracting(OutputFeature::name)
        .containsExactly(
            "spend", "orders_7d", "orders_30d", "last_at", "days_since", "idle", "hour_of_read");
    assertThat(plan("scores:*").requestFields())
        .extracting(Field::name)
        .containsExactly("cart_value", "coupon");
  }

  @Test
  void sharedNamesAreQualifiedInAllTheyNameAndOthersAreNot() {
    assertThat(plan("behavior:orders_7d", "profile:orders_7d", "behavior:spend").outputs())
        .extracting(OutputFeature::column)
        .containsExactly("behavior__orders_7d", "profile__orders_7d", "spend");
    assertThat(plan("profile:orders_7d").outputs())
        .extracting(OutputFeature::column)
        .containsExactly("orders_7d");
  }

  @Test
  void aServiceHasItsOrderAndItsAsOf() {
    RetrievalPlan plan = RetrievalPlan.ofService(project, project.service("model").orElseThrow());

    assertThat(plan.outputs())
        .extracting(OutputFeature::reference)
        .startsWith(
            new FeatureReference("scores", "recency"),
            new FeatureReference("behavior", "orders_7d"))
        .hasSize(8);
    assertThat(plan.views()).allMatch(ViewRead::before);
  }

  @Test
  void anAliasIsAViewOfItsOwnByItsOwnKeys() {
    StoredView behavior = project.view("behavior").orElseThrow();
    RetrievalPlan plan =
        RetrievalPlan.ofService(
            project,
            new FeatureService(
                "trade",
                references("behavior:idle", "seller:idle", "seller:spend", "scores:recency"),
                List.of(new ViewAlias("seller", behavior, Map.of("customer_id", "seller_id"))),
                FeatureService.AsOf.AT,
                Metadata.NONE));

    assertThat(plan.views()).extracting(ViewRead::name).containsExactly("behavior", "seller");
    assertThat(plan.views()).extracting(ViewRead::view).containsExactly(behavior, behavior);
    assertThat(plan.views().get(1).keys())
        .containsExactly(new JoinKey("seller_id", ValueType.INT64));
    assertThat(stored(plan)).containsExactly(List.of("last_at"), List.of("spend", "last_at"));
    assertThat(plan.outputs())
        .extracting(OutputFeature::column)
        .containsExactly("behavior__idle", "seller__idle", "spend", "recency");
  }

  @Test
  void tellsOfWhichRowsAnOutputComes() {
    RetrievalPlan plan =
        plan("profile:account_age", "scores:more", "scores:double_recency", "scores:has_coupon");

    assertThat(plan.views()).extracting(ViewRead::name).containsExactly("profile", "behavior");
    assertThat(plan.readsOf(0)).containsExactly(0);
    assertThat(plan.readsOf(1)).containsExactly(0, 1);
    assertThat(plan.readsOf(2)).containsExactly(1);
    assertThat(plan.readsOf(3)).isEmpty();
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() {
    assertThatThrownBy(
            () -> plan("behaviour:spend", "behavior:spent", "orders:*", "scores:recency"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            unknown feature view 'behaviour' in 'behaviour:spend', expected one of behavior, \
            profile, scores, other (did you mean 'behavior'?)
            unknown feature 'spent' of 'behavior', expected one of orders_7d, orders_30d, spend, \
            last_at, days_since, idle, hour_of_read (did you mean 'spend'?)
            unknown feature view 'orders' in 'orders:*', expected one of behavior, profile, \
            scores, other""");
  }

  @Test
  void refusesARequestFieldOfTwoTypes() {
    assertThatThrownBy(() -> plan("scores:share", "other:recency"))
        .hasMessage(
            "the request field 'cart_value', which is INT64 in 'other' and DOUBLE in another view:"
                + " rename one of them");
  }

  @Test
  void refusesNoFeatures() {
    assertThatThrownBy(() -> RetrievalPlan.of(project, List.of()))
        .hasMessage("no features, expected at least one 'view:feature' or 'view:*'");
  }

  @Test
  void refusesATextThatNamesNoFeature() {
    assertThatThrownBy(() -> FeatureReference.parse("behavior"))
        .hasMessage(
            "'behavior' names no feature, expected 'view:feature', or 'view:*' for all features of"
                + " a view");
    assertThatThrownBy(() -> FeatureReference.parse("behavior:"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void travelsToTheOperatorsThatCompileIt() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(plan("behavior:days_since"));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      RetrievalPlan plan = (RetrievalPlan) in.readObject();

      assertThat(plan.compile().compute(new Object[][] {{0L}}, null, 86_400_000L))
          .containsExactly(1);
    }
  }

  private static RetrievalPlan plan(String... references) {
    return RetrievalPlan.of(project, references(references));
  }

  private static List<List<String>> stored(RetrievalPlan plan) {
    return plan.views().stream().map(ViewRead::stored).toList();
  }
}
