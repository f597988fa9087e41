// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of the shipped project, as they are planned. */
class PlanCommandTest {
  /** Maven runs the tests in the module's folder. */
  private static final Path RETAIL = Path.of("../feature-definitions/retail");

  @TempDir private Path folder;

  @Test
  void nothingHasChanged() throws IOException {
    edit("", "");

    Command plan = plan();

    assertThat(plan.err()).isEmpty();
    assertThat(plan.exitCode()).isZero();
    assertThat(plan.out())
        .isEqualTo(
            """
            Project retail: no change

            A stream can go on from its savepoint: tailwater stream --from-savepoint PATH
            """);
  }

  @Test
  void everyKindOfChangeSaysWhatItNeeds() throws IOException {
    edit("avg_order_value_30d", "mean_order_value_30d");
    edit(
        "- {name: mean_order_value_30d,",
        "- {name: spend_last_14d, aggregate: sum(line_total), window: 14d, default: 0.0}\n"
            + "      - {name: pieces_30d, aggregate: sum(quantity), window: 30d}\n"
            + "      - {name: mean_order_value_30d, was: avg_order_value_30d,");
    edit("      - {name: smallest_order_30d, aggregate: min(line_total), window: 30d}\n", "");
    edit("aggregate: max(line_total), window: 30d}", "aggregate: max(line_total), window: 90d}");
    edit("where: quantity >= 10", "where: quantity >= 12");

    Command plan = plan();

    assertThat(plan.err()).isEmpty();
    assertThat(plan.exitCode()).isZero();
    assertThat(plan.out())
        .isEqualTo(
            """
            Project retail: 1 of 5 views with changes

            customer_behavior: changed
              added      spend_last_14d
                         values: exact at once
                         table:  new column, DOUBLE, null in rows that are there
                         needs:  a backfill, for rows of before
              added      pieces_30d
                         values: complete when 30d more of events have been seen: the state does not have what it is computed of
                         table:  new column, INT64, null in rows that are there
                         needs:  history, to be complete at once; a backfill, for rows of before
              renamed    mean_order_value_30d, was avg_order_value_30d
                         table:  column renamed, with its values
                         needs:  nothing
              changed    largest_order_30d: window 30d → 90d
                         values: complete when 29d more of events have been seen: the state has the events of a shorter time
                         table:  rows that are there have the values of before
                         needs:  history, to be complete at once; a backfill, for rows of before
              changed    bulk_purchases_30d: where quantity >= 10 → quantity >= 12
                         values: complete when 30d more of events have been seen: the state does not have what it is computed of
                         table:  rows that are there have the values of before
                         needs:  history, to be complete at once; a backfill, for rows of before
              dropped    smallest_order_30d
                         table:  column stays, null in new rows
                         needs:  nothing
              unchanged  purchases_last_7d, purchases_last_30d, spend_last_7d, spend_last_30d, \
            weekly_share_of_month, spend_the_month_before, purchases_this_local_day, last_purchase_at, \
            days_since_last_purchase, spend_by_category_30d, favourite_products_30d, last_products_30d, \
            page_views_last_7d, support_tickets_last_30d, carts_created_30d, carts_abandoned_30d, \
            cart_abandonment_rate_30d

            A stream can go on from its savepoint: tailwater stream --from-savepoint PATH
            or begin with history, for all to be complete: tailwater stream --history archive
            then, for rows of before: tailwater backfill --view customer_behavior
            """);
  }

  @Test
  void aRefusalSaysWhatToDoInstead() throws IOException {
    edit("event_id: [order_id]", "event_id: [order_id, product_id]");
    edit("{name: smallest_order_30d,", "{name: least_order_30d, was: smalest_order_30d,");

    Command plan = plan();

    assertThat(plan.exitCode()).isEqualTo(1);
    assertThat(plan.out())
        .endsWith(
            """
            Refused: a stream cannot go on from its savepoint.
              orders: event_id order_id → order_id, product_id
                events would not be known again by their ids: begin with history (--history), without the savepoint
              customer_behavior:least_order_30d: was 'smalest_order_30d', of which nothing is known
                did you mean 'smallest_order_30d'?
            """);
  }

  @Test
  void programsReadAllOfIt() throws IOException {
    edit(
        "- name: bulk_purchases_30d\n",
        "- name: large_purchases_30d\n        was: bulk_purchases_30d\n");
    edit("aggregate: min(line_total), window: 30d", "aggregate: min(line_total), window: 75d");

    Command plan = plan("-o", "json");

    assertThat(plan.exitCode()).isZero();
    JsonNode json = new ObjectMapper().readTree(plan.out());
    assertThat(json.get("project").asText()).isEqualTo("retail");
    assertThat(json.get("changes").asBoolean()).isTrue();
    assertThat(json.get("refused").asBoolean()).isFalse();
    assertThat(json.get("refusals")).isEmpty();
    assertThat(feature(json, "customer_behavior", "large_purchases_30d").toString())
        .isEqualTo(
            """
            {"feature":"large_purchases_30d","was":"bulk_purchases_30d","change":"renamed","type":"INT64",\
            "stored":true,"differences":[],"complete_after_ms":0,"because":"same","column":"rename",\
            "needs":[]}""");
    assertThat(feature(json, "customer_behavior", "smallest_order_30d").toString())
        .isEqualTo(
            """
            {"feature":"smallest_order_30d","was":null,"change":"changed","type":"DOUBLE",\
            "stored":true,"differences":[{"what":"window","before":"30d","after":"75d"}],\
            "complete_after_ms":1209600000,"because":"longer_than_logged","column":"none",\
            "needs":["history","backfill"]}""");
    assertThat(feature(json, "product_sales", "revenue_7d").get("change").asText())
        .isEqualTo("unchanged");
  }

  @Test
  void whatIsNotThereIsNotCompared() {
    Command plan =
        Command.run("plan", "--definitions", RETAIL, "--against", folder.resolve("nowhere"));

    assertThat(plan.exitCode()).isEqualTo(1);
    assertThat(plan.err()).contains("--against", "nowhere: found no folder");
  }

  private Command plan(String... more) {
    return Command.run(
        Stream.concat(
                Stream.of("plan", "--definitions", folder, "--against", RETAIL), Stream.of(more))
            .toArray());
  }

  private static JsonNode feature(JsonNode plan, String view, String feature) {
    for (JsonNode each : plan.get("views")) {
      for (JsonNode candidate : each.get("features")) {
        if (each.get("view").asText().equals(view)
            && candidate.get("feature").asText().equals(feature)) {
          return candidate;
        }
      }
    }
    throw new AssertionError("no " + view + ":" + feature);
  }

  private void edit(String from, String to) throws IOException {
    Path retail = folder.resolve("retail.yaml");
    if (Files.notExists(retail)) {
      try (Stream<Path> files = Files.list(RETAIL)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.copy(file, folder.resolve(file.getFileName()));
        }
      }
    }
    String text = Files.readString(retail);
    assertThat(text).contains(from);
    Files.writeString(retail, text.replace(from, to));
  }
}
