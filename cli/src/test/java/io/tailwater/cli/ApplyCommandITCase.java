// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static io.tailwater.cli.AppliedShop.SPEND;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailwater.embedded.EmbeddedRedis;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Definitions on their way to a real Redis. */
@Timeout(180)
class ApplyCommandITCase {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static EmbeddedRedis redis;
  private AppliedShop shop;

  @BeforeAll
  static void startRedis() {
    redis = EmbeddedRedis.create();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    shop = new AppliedShop(folder, redis);
  }

  @Test
  void theFirstVersionAndTheSameAgain() {
    Command nothing = shop.run("plan");
    assertThat(nothing.exitCode()).isZero();
    assertThat(nothing.out())
        .startsWith("Project shop: nothing is applied yet, as shop:%definitions in Redis at ")
        .contains("'tailwater apply' makes these definitions version 1");

    Command first = shop.run("apply");
    assertThat(first.err()).isEmpty();
    assertThat(first.exitCode()).isZero();
    assertThat(first.out()).isEqualTo("Applied version 1 of shop: 2 views with 3 features\n");

    Command again = shop.run("apply");
    assertThat(again.exitCode()).isZero();
    assertThat(again.out())
        .startsWith("Version 1 of shop is applied already, since ")
        .endsWith(": nothing to do\n");
    assertThat(shop.version()).isEqualTo(1);

    Command plan = shop.run("plan");
    assertThat(plan.exitCode()).isZero();
    assertThat(plan.out())
        .startsWith("Compared with what is applied, version 1 of ")
        .contains("Project shop: no change\n");
  }

  @Test
  void otherValuesUnderOneNameAreRefusedUntilTheyAreMeant() throws IOException {
    shop.run("apply");
    shop.edit(SPEND, SPEND.replace("window: 1d", "window: 12h"));

    Command plan = shop.run("plan");
    assertThat(plan.exitCode()).isZero();
    assertThat(plan.out())
        .endsWith(
            """
            Under the same name other values would be stored than before. If that is meant:
              tailwater apply --accept 'spend:spend_1d'
            """);

    Command refused = shop.run("apply");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.out())
        .isEqualTo(
            """
            Project shop: 1 of 2 views with changes

            spend: changed
              changed    spend_1d: window 1d → 12h
                         values: exact at once
                         table:  rows that are there have the values of before
                         needs:  a backfill, for rows of before
              unchanged  orders_1d

            Not applied: old values would stand beside new ones, or a stream cannot go on.
              spend:spend_1d: window 1d → 12h
                give it another name, or make the rows of before right: tailwater backfill --view spend
            If that is meant:
              tailwater apply --accept 'spend:spend_1d'
            """);
    assertThat(shop.version()).isEqualTo(1);

    Command typo = shop.run("apply", "--accept", "spend:spent_1d");
    assertThat(typo.exitCode()).isEqualTo(1);
    assertThat(typo.err())
        .isEqualTo(
            "--accept spend:spent_1d: found nothing of that name that has to be accepted, expected"
                + " one of spend:spend_1d\n");
    assertThat(shop.version()).isEqualTo(1);

    Command accepted = shop.run("apply", "--accept", "spend:spend_1d");
    assertThat(accepted.exitCode()).as(accepted.err()).isZero();
    assertThat(accepted.out())
        .endsWith(
            """
            Applied version 2 of shop: 2 views with 3 features

            A stream can go on from its savepoint: tailwater stream --from-savepoint PATH
            then, for rows of before: tailwater backfill --view spend
            """);
    assertThat(shop.version()).isEqualTo(2);
  }

  @Test
  void aNameThatIsRenamedIsTakenAlongAndOneThatIsReusedIsRefused() throws IOException {
    shop.run("apply");
    shop.edit(SPEND, "- {name: spent_1d, was: spend_1d, aggregate: sum(amount), window: 1d}");
    assertThat(shop.run("apply").exitCode()).isZero();
    shop.edit("\n      - {name: spent_1d, was: spend_1d, aggregate: sum(amount), window: 1d}", "");
    assertThat(shop.run("apply").exitCode()).as("dropped").isZero();
    shop.edit(
        "- {name: orders_1d",
        "- {name: spend_1d, aggregate: max(amount), window: 1d}\n      - {name: orders_1d");
    assertThat(shop.run("apply").exitCode()).as("a name that no column has any more").isZero();
    shop.edit(
        "- {name: orders_1d",
        "- {name: spent_1d, aggregate: max(amount), window: 1d}\n      - {name: orders_1d");

    Command reused = shop.run("apply");

    assertThat(reused.exitCode()).isEqualTo(1);
    assertThat(reused.out())
        .contains(
            "  spend:spent_1d: an earlier version had other values under this name, which are in its"
                + " column\n");
    shop.edit("spent_1d, aggregate: max(amount)", "spent_1d, aggregate: sum(amount)");
    assertThat(shop.run("apply").exitCode()).as("the values that it had").isZero();
    assertThat(shop.version()).isEqualTo(5);
  }

  @Test
  void whatNoStreamCanGoOnOverNeedsAnotherNameOrHistory() throws IOException {
    shop.run("apply");
    shop.edit("event_id: [order_id]", "event_id: [order_id, customer_id]");
    Command ids = shop.run("apply");
    assertThat(ids.exitCode()).isEqualTo(1);
    assertThat(ids.out())
        .contains("  orders: event_id order_id → order_id, customer_id\n", "If that is meant:\n");

    shop.edit("[{name: customer_id, type: INT64}]", "[{name: customer_id, type: STRING}]");
    Command keys = shop.run("apply", "--accept", "orders", "--accept", "spend:*");
    assertThat(keys.exitCode()).isEqualTo(1);
    assertThat(keys.out() + keys.err()).doesNotContain("If that is meant");
    assertThat(shop.version()).isEqualTo(1);
  }

  @Test
  void programsReadAllOfIt() throws IOException {
    shop.run("apply");
    shop.edit(SPEND, SPEND.replace("sum(amount)", "max(amount)"));

    Command refused = shop.run("apply", "-o", "json");
    JsonNode json = JSON.readTree(refused.out());
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(json.get("outcome").asText()).isEqualTo("refused");
    assertThat(json.at("/obstacles/0/subject").asText()).isEqualTo("spend:spend_1d");
    assertThat(json.at("/obstacles/0/acceptable").asBoolean()).isTrue();
    assertThat(json.at("/plan/accept").toString()).isEqualTo("[\"spend:spend_1d\"]");
    assertThat(json.at("/plan/against/version").asInt()).isEqualTo(1);

    JsonNode plan = JSON.readTree(shop.run("plan", "-o", "json").out());
    assertThat(plan.at("/against/version").asInt()).isEqualTo(1);
    assertThat(plan.at("/accept").toString()).isEqualTo("[\"spend:spend_1d\"]");

    JsonNode applied = JSON.readTree(shop.run("apply", "-o", "json", "--accept", "spend:*").out());
    assertThat(applied.get("outcome").asText()).isEqualTo("applied");
    assertThat(applied.get("version").asInt()).isEqualTo(2);
    assertThat(applied.get("digest").asText()).hasSize(64);
  }

  /** Each that says it was applied is a version; none goes over another one unseen. */
  @Test
  void ofApplysAtOnceNoneIsLost() throws Exception {
    shop.run("apply");
    List<Path> folders = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      folders.add(shop.copy(i));
    }
    ExecutorService pool = Executors.newFixedThreadPool(folders.size());
    List<Future<Command>> started = new ArrayList<>();
    for (Path copy : folders) {
      started.add(pool.submit(() -> Command.run("apply", "--definitions", copy)));
    }
    int applied = 0;
    try {
      for (Future<Command> each : started) {
        Command command = each.get();
        if (command.exitCode() == 0) {
          applied++;
        } else {
          assertThat(command.err())
              .startsWith("another version was applied while this one was compared with version ");
        }
      }
    } finally {
      pool.shutdown();
    }

    assertThat(applied).isPositive();
    assertThat(shop.version()).isEqualTo(1 + applied);
  }
}
