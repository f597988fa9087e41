// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import static io.tailwater.definitions.evolution.Versions.edit;
import static io.tailwater.definitions.evolution.Versions.lines;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each change by itself, and all that is said about it. */
class ProjectChangeTest {
  private static final String N = "- {name: n_7d, aggregate: count(*), window: 7d}";

  @TempDir private Path folder;
  private Versions versions;

  @BeforeEach
  void writeProjects() {
    versions = new Versions(folder);
  }

  private static Versions.Edit added(String feature) {
    return edit(N, N + "\n      - " + feature);
  }

  @Test
  void nothingIsChangedByAnotherSpellingOrderOrDescription() throws IOException {
    ProjectChange change =
        versions.change(
            edit("where: price > 0", "where: price>0"),
            edit(N, "- {name: n_7d, description: Orders, aggregate: COUNT(*), window: 168h}"),
            edit("spend_30d / n_7d", "(spend_30d) / `n_7d`"),
            edit("sum(total)", "sum(quantity * price)"),
            edit("url: here", "url: there"));

    assertThat(lines(change)).isEmpty();
    assertThat(change.isEmpty()).isTrue();
  }

  @Test
  void aFeatureOverWhatIsLoggedIsExactAtOnce() throws IOException {
    assertThat(
            lines(
                versions.change(
                    added("{name: mean_14d, aggregate: avg(total), window: 14d}"),
                    added("{name: n_30d, aggregate: count(*), window: 30d}"),
                    added(
                        "{name: lag, aggregate: sum(total), window: {length: 1d, offset: 29d}}"))))
        .containsExactlyInAnyOrder(
            "ADDED spending:mean_14d, at once, column ADD, needs [BACKFILL]",
            "ADDED spending:n_30d, at once, column ADD, needs [BACKFILL]",
            "ADDED spending:lag, at once, column ADD, needs [BACKFILL]");
  }

  @Test
  void aFeatureOverALongerTimeThanIsLoggedWaitsForTheRest() throws IOException {
    assertThat(
            lines(
                versions.change(
                    added("{name: n_45d, aggregate: count(*), window: 45d}"),
                    added("{name: month, aggregate: count(*), window: {calendar: month}}"),
                    added("{name: coarse, aggregate: count(*), window: 30d, expiry: 5m}"))))
        .containsExactlyInAnyOrder(
            "ADDED spending:n_45d, after 14d (LONGER_THAN_LOGGED), column ADD, needs [HISTORY,"
                + " BACKFILL]",
            "ADDED spending:month, after 1h (LONGER_THAN_LOGGED), column ADD, needs [HISTORY,"
                + " BACKFILL]",
            "ADDED spending:coarse, at once, column ADD, needs [BACKFILL]");
  }

  @Test
  void aFeatureOverANewColumnWaitsForItsWindow() throws IOException {
    assertThat(
            lines(
                versions.change(
                    added("{name: prices, aggregate: sum(price), window: 14d}"),
                    added("{name: by, aggregate: count(*), by: status, window: 7d}"))))
        .containsExactlyInAnyOrder(
            "ADDED spending:prices, after 14d (NEW_COLUMN), column ADD, needs [HISTORY, BACKFILL]",
            "ADDED spending:by, after 7d (NEW_COLUMN), column ADD, needs [HISTORY, BACKFILL]");
  }

  @Test
  void aNewLifetimeIsNeverCompleteWithoutHistory() throws IOException {
    assertThat(
            lines(
                versions.change(
                    added("{name: ever, aggregate: sum(total), window: lifetime}"),
                    added("{name: prices, aggregate: max(price), window: lifetime}"))))
        .containsExactlyInAnyOrder(
            "ADDED spending:ever, never (LONGER_THAN_LOGGED), column ADD, needs [HISTORY, BACKFILL]",
            "ADDED spending:prices, never (NEW_COLUMN), column ADD, needs [HISTORY, BACKFILL]");
  }

  @Test
  void theSameAggregateUnderASecondNameHasAllOfTheFirst() throws IOException {
    assertThat(
            lines(
                versions.change(
                    added("{name: newest, aggregate: max(event_time), window: lifetime}"))))
        .containsExactly("ADDED spending:newest, at once, column ADD, needs [BACKFILL]");
  }

  @Test
  void aDroppedFeaturesColumnIsLeft() throws IOException {
    assertThat(
            lines(
                versions.change(
                    edit("\n      - {name: most_7d, aggregate: max(quantity), window: 7d}", ""))))
        .containsExactly("DROPPED spending:most_7d, at once, column LEAVE, needs []");
  }

  @Test
  void aWindowIsLengthenedOrShortened() throws IOException {
    assertThat(
            lines(
                versions.change(
                    edit("sum(total), window: 30d", "sum(total), window: 40d"),
                    edit("max(quantity), window: 7d", "max(quantity), window: 3d"))))
        .containsExactly(
            "CHANGED spending:spend_30d [window 30d → 40d], after 9d (LONGER_THAN_LOGGED), column"
                + " NONE, needs [HISTORY, BACKFILL]",
            "CHANGED spending:most_7d [window 7d → 3d], at once, column NONE, needs [BACKFILL]",
            "CHANGED spending:mean ['spend_30d', which it uses], after 9d (LONGER_THAN_LOGGED),"
                + " column NONE, needs [HISTORY, BACKFILL]",
            "CHANGED scores:score ['spend_30d', which it uses], after 9d (LONGER_THAN_LOGGED),"
                + " column NONE, needs [HISTORY]",
            "CHANGED scores:again ['score', which it uses], after 9d (LONGER_THAN_LOGGED), column"
                + " NONE, needs [HISTORY]");
  }

  @Test
  void anotherConditionIsAnotherColumn() throws IOException {
    assertThat(lines(versions.change(edit("status = 'OK'", "status = 'DONE'"))))
        .containsExactly(
            "CHANGED spending:ok_7d [where status = 'OK' → status = 'DONE'], after 7d (NEW_COLUMN),"
                + " column NONE, needs [HISTORY, BACKFILL]");
  }

  @Test
  void aConditionThatIsLoggedForAnotherFeatureIsKnown() throws IOException {
    assertThat(
            lines(
                versions.change(
                    edit(
                        N,
                        "- {name: n_7d, aggregate: count(*), where: status = 'OK', window: 7d}"))))
        .contains(
            "CHANGED spending:n_7d [where none → status = 'OK'], at once, column NONE, needs"
                + " [BACKFILL]");
  }

  @Test
  void aViewThatTakesOtherEventsKnowsNothingOfThem() throws IOException {
    ProjectChange change = versions.change(edit("where: price > 0", "where: price > 1"));

    assertThat(change.views().get(0).differences())
        .extracting(Difference::toString)
        .containsExactly("where of orders price > 0 → price > 1");
    assertThat(lines(change))
        .hasSize(9)
        .contains(
            "CHANGED spending:n_7d [the events that the view takes of orders], after 7d"
                + " (OTHER_EVENTS), column NONE, needs [HISTORY, BACKFILL]",
            "CHANGED spending:last_at [the events that the view takes of orders], never"
                + " (OTHER_EVENTS), column NONE, needs [HISTORY, BACKFILL]",
            "CHANGED spending:days_since ['last_at', which it uses], never (OTHER_EVENTS), column"
                + " NONE, needs [HISTORY]");
    assertThat(
            versions
                .change(edit("customer_id: buyer", "customer_id: payer"))
                .views()
                .get(0)
                .differences())
        .extracting(Difference::toString)
        .containsExactly("keys of orders buyer → payer");
  }

  @Test
  void aRenamedFeatureGoesOnAndSoDoesWhatUsesIt() throws IOException {
    assertThat(
            lines(
                versions.change(
                    edit("{name: spend_30d,", "{name: revenue_30d, was: spend_30d,"),
                    edit("expression: spend_30d / n_7d", "expression: revenue_30d / n_7d"),
                    edit("cart_value / spend_30d", "cart_value / revenue_30d"),
                    edit("{name: visits, type", "{name: calls, was: visits, type"),
                    edit("n AS visits", "n AS calls"),
                    edit("visits > 10", "calls > 10"),
                    edit("visits > 3", "calls > 3"),
                    edit("{name: again,", "{name: more, was: again,"),
                    edit("{name: days_since,", "{name: days, was: days_since,"))))
        .contains(
            "RENAMED spending:revenue_30d was spend_30d, at once, column RENAME, needs []",
            "RENAMED spending:days was days_since, at once, column NONE, needs []",
            "RENAMED scores:more was again, at once, column NONE, needs []")
        .noneMatch(line -> line.contains(":mean") || line.contains(":score "));
  }

  @Test
  void aRenameThatIsDeployedAlreadyIsNoChange() throws IOException {
    Versions.Edit renamed = edit("{name: most_7d,", "{name: top_7d, was: most_7d,");
    ProjectChange change =
        ProjectChange.between(versions.load("a", renamed), versions.load("b", renamed));

    assertThat(change.isEmpty()).isTrue();
  }

  @Test
  void anotherMeaningOfASourcesColumnChangesWhatUsesIt() throws IOException {
    assertThat(lines(versions.change(edit("total: quantity * price", "total: quantity + price"))))
        .contains(
            "CHANGED spending:spend_30d [columns or fields of source orders], after 30d"
                + " (NEW_COLUMN), column NONE, needs [HISTORY, BACKFILL]")
        .noneMatch(line -> line.contains(":n_7d"));
  }

  @Test
  void aWiderFieldIsAnotherColumnInAWiderOne() throws IOException {
    Versions.Edit wider =
        edit("\"quantity\", \"type\": \"int\"", "\"quantity\", \"type\": \"long\"");

    assertThat(lines(versions.change(wider)))
        .contains(
            "CHANGED spending:most_7d [columns or fields of source orders, type INT32 → INT64],"
                + " after 7d (NEW_COLUMN), column WIDEN, needs [HISTORY, BACKFILL]");
    assertThat(versions.changeBack(wider).allRefusals())
        .extracting(Refusal::toString)
        .containsExactly(
            "spending:most_7d: is INT32, was INT64, and a column of the offline table has one type:"
                + " give it another name");
  }

  @Test
  void aDefaultChangesRowsButNoState() throws IOException {
    assertThat(lines(versions.change(edit("default: 0.0", "default: 1.0"))))
        .contains(
            "CHANGED spending:spend_30d [default 0.0 → 1.0], at once, column NONE, needs [BACKFILL]",
            "CHANGED spending:mean ['spend_30d', which it uses], at once, column NONE, needs"
                + " [BACKFILL]");
  }

  @Test
  void aSecondSourceLeavesTheFirstAsItIs() throws IOException {
    Versions.Edit[] carts = {
      edit(N, N + "\n      - {name: carts_7d, source: carts, aggregate: count(*), window: 7d}"),
      edit(
          "keys: {customer_id: buyer}",
          "keys: {customer_id: buyer, carts: {customer_id: customer_id}}")
    };
    ProjectChange change = versions.change(carts);

    assertThat(lines(change))
        .containsExactly(
            "ADDED spending:carts_7d, after 7d (NEW_SOURCE), column ADD, needs [HISTORY, BACKFILL]");
    assertThat(change.views().get(0).differences())
        .extracting(Difference::toString)
        .containsExactly("sources orders → carts, orders");
    assertThat(lines(versions.changeBack(carts)))
        .containsExactly("DROPPED spending:carts_7d, at once, column LEAVE, needs []");
  }

  @Test
  void aNewViewBeginsWithNothing() throws IOException {
    Versions.Edit viewed =
        edit(
            "  - name: browsing\n",
            """
              - name: totals
                entity: customer
                source: carts
                features:
                  - {name: n_1d, was: m_1d, aggregate: count(*), window: 1d}
                  - {name: ever, aggregate: count(*), window: lifetime}
                  - {name: both, expression: n_1d + ever}
              - name: browsing
            """);
    ProjectChange change = versions.change(viewed);

    assertThat(change.allRefusals()).isEmpty();
    assertThat(lines(change))
        .containsExactly(
            "ADDED totals:n_1d, after 1d (NEW_VIEW), column ADD, needs [HISTORY, BACKFILL]",
            "ADDED totals:ever, never (NEW_VIEW), column ADD, needs [HISTORY, BACKFILL]",
            "ADDED totals:both, never (NEW_VIEW), column ADD, needs [HISTORY, BACKFILL]");
    assertThat(versions.changeBack(viewed).views())
        .filteredOn(view -> view.kind() == ViewChange.Kind.DROPPED)
        .extracting(ViewChange::name)
        .containsExactly("totals");
  }

  @Test
  void aQueryDecidesAllOfItsColumns() throws IOException {
    ProjectChange change =
        versions.change(
            edit("SELECT customer_id, n AS visits,", "SELECT customer_id, 2 * n AS visits,"));

    assertThat(lines(change))
        .containsExactly(
            "CHANGED profile:visits [query], at once, column NONE, needs [MATERIALIZE]",
            "CHANGED profile:often ['visits', which it uses], at once, column NONE, needs"
                + " [MATERIALIZE]",
            "CHANGED scores:loyal ['visits', which it uses], at once, column NONE, needs"
                + " [MATERIALIZE]");
  }

  @Test
  void aRequestsFieldOfAnotherTypeChangesWhatUsesIt() throws IOException {
    assertThat(lines(versions.change(edit("cart_value, type: DOUBLE", "cart_value, type: INT64"))))
        .contains(
            "CHANGED scores:score [cart_value DOUBLE → INT64], at once, column NONE, needs []");
  }

  @Test
  void whatWasStoredIsComputedOnReadNow() throws IOException {
    assertThat(
            lines(
                versions.change(
                    edit(
                        "{name: mean, expression: spend_30d / n_7d}",
                        "{name: mean, expression: \"CASE WHEN request_time > last_at THEN 1.0 ELSE"
                            + " 2.0 END\"}"))))
        .singleElement()
        .asString()
        .startsWith("CHANGED spending:mean [expression spend_30d / n_7d → CASE")
        .endsWith("at once, column LEAVE, needs []");
  }

  @Test
  void aTtlIsAppliedOnRead() throws IOException {
    ProjectChange change =
        versions.change(edit("    source: carts\n", "    source: carts\n    ttl: 2d\n"));

    assertThat(change.isEmpty()).isFalse();
    assertThat(lines(change)).isEmpty();
    assertThat(change.views().get(1).differences())
        .extracting(Difference::toString)
        .containsExactly("ttl none → 2d");
  }
}
