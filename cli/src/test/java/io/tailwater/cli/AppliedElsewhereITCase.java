// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static io.tailwater.cli.AppliedShop.SPEND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.embedded.EmbeddedRedis;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is applied, as jobs, servers and real tables have it. */
@Timeout(180)
class AppliedElsewhereITCase {
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
  void othersWithOtherDefinitionsAreRefusedOrTold() throws IOException {
    shop.run("apply");
    shop.edit(SPEND, SPEND.replace("window: 1d", "window: 12h"));
    String source = shop.source();

    for (Command job :
        List.of(
            shop.run("stream", "--source", source),
            shop.run("backfill", "--source", source),
            shop.run("backfill", "--source", source, "--online"),
            shop.run("materialize", "2026-01-01", "2026-02-01"))) {
      assertThat(job.exitCode()).isEqualTo(1);
      assertThat(job.err())
          .startsWith("the definitions are not those that are applied, version 1 of ")
          .contains("  spend:spend_1d: window 1d → 12h\n", "'tailwater plan'", "'tailwater apply'");
    }
    assertThat(shop.run("backfill", "--source", source, "--view", "activity").exitCode())
        .as("of a view that is as it is applied")
        .isZero();

    Command serve = shop.run("serve", "--port", "0");
    assertThat(serve.exitCode()).isEqualTo(1);
    assertThat(serve.err())
        .startsWith("the definitions are not those that are applied, version 1:")
        .contains("  spend:spend_1d: window 1d → 12h\n", "--unapplied");

    Command get = shop.run("online", "get", "spend", "--entity", "customer_id=1");
    assertThat(get.exitCode()).isZero();
    assertThat(get.err())
        .isEqualTo(
            """
            These definitions are not those that are applied, version 1:
              spend:spend_1d: window 1d → 12h
            """);
  }

  @Test
  void tablesSayOfWhichVersionTheyAre() throws IOException {
    String source = shop.source();
    shop.run("backfill", "--source", source);
    assertThat(shop.stamps("spend")).as("of a project that never applies").isEmpty();

    assertThat(shop.run("apply").out()).endsWith("Stamped the tables of activity, spend\n");
    assertThat(shop.stamps("spend")).containsOnlyKeys("applied-version", "applied-digest");
    assertThat(shop.run("backfill", "--source", source).exitCode()).isZero();
    Map<String, String> first = shop.stamps("spend");
    assertThat(first)
        .containsEntry("applied-version", "1")
        .containsEntry("definitions-version", "1")
        .containsEntry("definitions-digest", first.get("applied-digest"));

    shop.edit(SPEND, SPEND.replace("window: 1d", "window: 12h"));
    assertThat(shop.run("apply", "--accept", "spend:*").exitCode()).isZero();
    Map<String, String> between = shop.stamps("spend");
    assertThat(between)
        .as("until a job of version 2 starts")
        .containsEntry("applied-version", "2")
        .containsEntry("definitions-version", "1");
    assertThat(between.get("applied-digest")).isNotEqualTo(first.get("applied-digest"));
    assertThat(shop.stamps("activity"))
        .containsEntry(
            "applied-digest", shop.stamps("activity").getOrDefault("definitions-digest", "none"));
    assertThat(shop.run("stream", "--source", source).exitCode()).isZero();
    assertThat(shop.stamps("spend")).containsEntry("definitions-version", "2");

    // A Redis that has lost all of it.
    shop.emptyRedis();
    assertThat(shop.run("apply").out()).startsWith("Applied version 3 of shop");
  }

  @Test
  void aBackfillWithoutRedisIsHeldToTheStampOfItsTable() throws IOException {
    String source = shop.source();
    shop.run("backfill", "--source", source);
    shop.run("apply");
    shop.forgetRedis();
    assertThat(shop.run("backfill", "--source", source).exitCode()).isZero();
    shop.edit(SPEND, SPEND.replace("window: 1d", "window: 12h"));

    Command backfill = shop.run("backfill", "--source", source);

    assertThat(backfill.exitCode()).isEqualTo(1);
    assertThat(backfill.err())
        .startsWith("the tables of spend are stamped with other definitions than these.");
  }
}
