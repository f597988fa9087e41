// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.recompute;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.stores.OfflineRow;
import io.tailwater.stores.OnlineVector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each way in which a store can be wrong is a difference, and none of those in which it is not. */
class ComparisonTest {
  private static final Horizon HORIZON = new Horizon(20, 30);

  /** One event at 10 in windows of 10 and 14 ms: steps at 10, 21 and 25. */
  private static final List<Step> STEPS =
      StepFunction.of(
          List.of(
              Aggregate.over(10, AggregateFunction.COUNT_ALL, false),
              Aggregate.over(14, AggregateFunction.SUM, false)),
          List::toArray,
          List.of(new Fact(10, "e", new Object[] {true, 0.5})));

  private final Differences differences = new Differences();

  @Test
  void rowsThatAreDueAndRightAreNoDifference() {
    compareRows(row(10, 1L, 0.5));

    assertThat(differences.count()).isZero();
    assertThat(differences.compared()).isOne();
  }

  @Test
  void rowsBetweenTheWatermarkAndTheHorizonMayBeThere() {
    compareRows(row(10, 1L, 0.5), row(21, 0L, 0.5), row(25, 0L, null));

    assertThat(differences.examples()).isEmpty();
  }

  @Test
  void aMissingRowIsADifference() {
    compareRows();

    assertThat(differences.examples())
        .containsExactly("offline v[k] at 1970-01-01T00:00:00.010Z: no row");
  }

  @Test
  void aRowWhereNothingHappensIsADifference() {
    compareRows(row(10, 1L, 0.5), row(11, 1L, 0.5));

    assertThat(differences.examples())
        .containsExactly("offline v[k] at 1970-01-01T00:00:00.011Z: a row too many");
  }

  @Test
  void theLastBitOfADoubleIsADifference() {
    compareRows(row(10, 1L, Math.nextUp(0.5)));

    assertThat(differences.examples()).singleElement().asString().contains("0.5000000000000001");
  }

  @Test
  void aNegativeZeroIsADifference() {
    assertThat(Bits.same(0.0, (Object) (-0.0))).isFalse();
    assertThat(Bits.same(1L, (Object) 1)).isFalse();
    assertThat(Bits.same(null, (Object) 0L)).isFalse();
  }

  @Test
  void ofSeveralRowsTheLatestCreatedCounts() {
    compareRows(created(5, 9L, 9.0), created(6, 1L, 0.5), created(4, 8L, 8.0));

    assertThat(differences.count()).isZero();
  }

  @Test
  void aVectorAsOfTheNewestEventIsRight() {
    compareVector(vector(10, 21, 1L, 0.5));

    assertThat(differences.examples()).isEmpty();
  }

  @Test
  void aVectorOfALaterStepWithinTheHorizonIsRight() {
    compareVector(vector(21, 25, 0L, 0.5));
    compareVector(vector(25, OnlineVector.FOREVER, 0L, null));

    assertThat(differences.examples()).isEmpty();
  }

  @Test
  void aVectorThatMissesAStepBeforeTheWatermarkIsADifference() {
    new OnlineComparison(differences, "v", new Horizon(21, 30))
        .compare("k", STEPS, vector(10, 21, 1L, 0.5));

    assertThat(differences.examples())
        .containsExactly(
            "online v[k]: as of 1970-01-01T00:00:00.010Z, due 1970-01-01T00:00:00.021Z");
  }

  @Test
  void aVectorAsOfAnInstantBetweenStepsIsADifference() {
    compareVector(vector(11, 21, 1L, 0.5));

    assertThat(differences.count()).isOne();
  }

  @Test
  void aWrongValidUntilIsADifference() {
    compareVector(vector(10, 22, 1L, 0.5));

    assertThat(differences.examples())
        .containsExactly(
            "online v[k]: valid until 1970-01-01T00:00:00.022Z, due 1970-01-01T00:00:00.021Z");
  }

  @Test
  void aVectorIsValidUntilTheNextStepThoughNothingMayChangeThere() {
    List<Step> steps =
        StepFunction.of(
            List.of(Aggregate.over(10, AggregateFunction.MAX, false)),
            List::toArray,
            List.of(new Fact(10, "a", new Object[] {0.5}), new Fact(12, "b", new Object[] {2.5})));

    new OnlineComparison(differences, "v", HORIZON).compare("k", steps, vector(12, 21, 2.5));

    assertThat(differences.examples()).isEmpty();
  }

  @Test
  void aMissingAndAnUnknownVectorAreDifferences() {
    compareVector(null);
    new OnlineComparison(differences, "v", HORIZON)
        .compare("k", List.of(), vector(10, 21, 1L, 0.5));

    assertThat(differences.examples())
        .containsExactly("online v[k]: no vector", "online v[k]: a vector too many");
  }

  private void compareRows(OfflineRow... rows) {
    new OfflineComparison(differences, "v", HORIZON)
        .compare("k", STEPS, new ArrayList<>(List.of(rows)));
  }

  private void compareVector(OnlineVector vector) {
    new OnlineComparison(differences, "v", HORIZON).compare("k", STEPS, vector);
  }

  private static OfflineRow row(long instant, Object... values) {
    return new OfflineRow(new Object[] {"k"}, instant, 0, values);
  }

  private static OfflineRow created(long created, Object... values) {
    return new OfflineRow(new Object[] {"k"}, 10, created, values);
  }

  private static OnlineVector vector(long asOf, long validUntil, Object... values) {
    return new OnlineVector(new Object[] {"k"}, asOf, validUntil, 1, 1, values);
  }
}
