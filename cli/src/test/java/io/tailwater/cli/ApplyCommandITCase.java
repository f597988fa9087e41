// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.sinks.iceberg.IcebergCatalogs;
import io.tailwater.sinks.iceberg.OpenCatalog;
import io.tailwater.stores.redis.DefinitionsRegistry;
import io.tailwater.stores.redis.RedisOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** Definitions on their way to a real Redis and real tables, and who is refused with others. */
@Timeout(180)
class ApplyCommandITCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SPEND = "- {name: spend_1d, aggregate: sum(amount), window: 1d}";

  private static EmbeddedRedis redis;
  @TempDir private Path folder;
  private Path definitions;
  private String shop =
      """
      project: shop
      entities:
        - {name: customer, join_keys: [{name: customer_id, type: INT64}]}
      sources:
        - {name: orders, schema: order.avsc, event_time: at, event_id: [order_id]}
      feature_views:
        - name: spend
          entity: customer
          source: orders
          features:
            - {name: orders_1d, aggregate: count(*), window: 1d}
            - {name: spend_1d, aggregate: sum(amount), window: 1d}
        - name: activity
          entity: customer
          source: orders
          features:
            - {name: orders_1h, aggregate: count(*), window: 1h}
      """;

  @BeforeAll
  static void startRedis() {
    redis = EmbeddedRedis.create();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void writeDefinitions() throws IOException {
    try (RedisClient client = RedisClient.create(redis.host(), redis.port())) {
      client.flushAll();
    }
    definitions = Files.createDirectories(folder.resolve("definitions"));
    Files.writeString(
        definitions.resolve("order.avsc"),
        """
        {"type": "record", "name": "Order", "fields": [
          {"name": "order_id", "type": "string"},
          {"name": "customer_id", "type": "long"},
          {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
          {"name": "amount", "type": "double"}]}
        """);
    Files.writeString(
        definitions.resolve("tailwater.yaml"),
        "redis: %s\nwarehouse: '%s'\ndead_letters: '%s'\n"
            .formatted(
                redis.address(), folder.resolve("warehouse"), folder.resolve("dead-letters")));
    Files.writeString(
        folder.resolve("orders.csv"),
        "order_id,customer_id,at,amount\na,1,2026-03-01T10:00:00Z,10.25\n");
    edit("", "");
  }

  @Test
  void theFirstVersionAndTheSameAgain() {
    Command nothing = run("plan");
    assertThat(nothing.exitCode()).isZero();
    assertThat(nothing.out())
        .startsWith("Project shop: nothing is applied yet, as shop:%definitions in Redis at ")
        .contains("'tailwater apply' makes these definitions version 1");

    Command first = run("apply");
    assertThat(first.err()).isEmpty();
    assertThat(first.exitCode()).isZero();
    assertThat(first.out()).isEqualTo("Applied version 1 of shop: 2 views with 3 features\n");

    Command again = run("apply");
    assertThat(again.exitCode()).isZero();
    assertThat(again.out())
        .startsWith("Version 1 of shop is applied already, since ")
        .endsWith(": nothing to do\n");
    assertThat(version()).isEqualTo(1);

    Command plan = run("plan");
    assertThat(plan.exitCode()).isZero();
    assertThat(plan.out())
        .startsWith("Compared with what is applied, version 1 of ")
        .contains("Project shop: no change\n");
  }

  @Test
  void otherValuesUnderOneNameAreRefusedUntilTheyAreMeant() throws IOException {
    run("apply");
    edit(SPEND, SPEND.replace("window: 1d", "window: 12h"));

    Command plan = run("plan");
    assertThat(plan.exitCode()).isZero();
    assertThat(plan.out())
        .endsWith(
            """
            Under the same name other values would be stored than before. If that is meant:
              tailwater apply --accept 'spend:spend_1d'
            """);

    Command refused = run("apply");
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
    assertThat(version()).isEqualTo(1);

    Command typo = run("apply", "--accept", "spend:spent_1d");
    assertThat(typo.exitCode()).isEqualTo(1);
    assertThat(typo.err())
        .isEqualTo(
            "--accept spend:spent_1d: found nothing of that name that has to be accepted, expected"
                + " one of spend:spend_1d\n");
    assertThat(version()).isEqualTo(1);

    Command accepted = run("apply", "--accept", "spend:spend_1d");
    assertThat(accepted.exitCode()).as(accepted.err()).isZero();
    assertThat(accepted.out())
        .endsWith(
            """
            Applied version 2 of shop: 2 views with 3 features

            A stream can go on from its savepoint: tailwater stream --from-savepoint PATH
            then, for rows of before: tailwater backfill --view spend
            """);
    assertThat(version()).isEqualTo(2);
  }

  @Test
  void aNameThatIsRenamedIsTakenAlongAndOneThatIsReusedIsRefused() throws IOException {
    run("apply");
    edit(SPEND, "- {name: spent_1d, was: spend_1d, aggregate: sum(amount), window: 1d}");
    assertThat(run("apply").exitCode()).isZero();
    edit("\n      - {name: spent_1d, was: spend_1d, aggregate: sum(amount), window: 1d}", "");
    assertThat(run("apply").exitCode()).as("dropped").isZero();
    edit(
        "- {name: orders_1d",
        "- {name: spend_1d, aggregate: max(amount), window: 1d}\n      - {name: orders_1d");
    assertThat(run("apply").exitCode()).as("a name that no column has any more").isZero();
    edit(
        "- {name: orders_1d",
        "- {name: spent_1d, aggregate: max(amount), window: 1d}\n      - {name: orders_1d");

    Command reused = run("apply");

    assertThat(reused.exitCode()).isEqualTo(1);
    assertThat(reused.out())
        .contains(
            "  spend:spent_1d: an earlier version had other values under this name, which are in its"
                + " column\n");
    edit("spent_1d, aggregate: max(amount)", "spent_1d, aggregate: sum(amount)");
    assertThat(run("apply").exitCode()).as("the values that it had").isZero();
    assertThat(version()).isEqualTo(5);
  }

  @Test
  void whatNoStreamCanGoOnOverNeedsAnotherNameOrHistory() throws IOException {
    run("apply");
    edit("event_id: [order_id]", "event_id: [order_id, customer_id]");
    Command ids = run("apply");
    assertThat(ids.exitCode()).isEqualTo(1);
    assertThat(ids.out())
        .contains("  orders: event_id order_id → order_id, customer_id\n", "If that is meant:\n");

    edit("[{name: customer_id, type: INT64}]", "[{name: customer_id, type: STRING}]");
    Command keys = run("apply", "--accept", "orders", "--accept", "spend:*");
    assertThat(keys.exitCode()).isEqualTo(1);
    assertThat(keys.out() + keys.err()).doesNotContain("If that is meant");
    assertThat(version()).isEqualTo(1);
  }

  @Test
  void programsReadAllOfIt() throws IOException {
    run("apply");
    edit(SPEND, SPEND.replace("sum(amount)", "max(amount)"));

    Command refused = run("apply", "-o", "json");
    JsonNode json = JSON.readTree(refused.out());
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(json.get("outcome").asText()).isEqualTo("refused");
    assertThat(json.at("/obstacles/0/subject").asText()).isEqualTo("spend:spend_1d");
    assertThat(json.at("/obstacles/0/acceptable").asBoolean()).isTrue();
    assertThat(json.at("/plan/accept").toString()).isEqualTo("[\"spend:spend_1d\"]");
    assertThat(json.at("/plan/against/version").asInt()).isEqualTo(1);

    JsonNode plan = JSON.readTree(run("plan", "-o", "json").out());
    assertThat(plan.at("/against/version").asInt()).isEqualTo(1);
    assertThat(plan.at("/accept").toString()).isEqualTo("[\"spend:spend_1d\"]");

    JsonNode applied = JSON.readTree(run("apply", "-o", "json", "--accept", "spend:*").out());
    assertThat(applied.get("outcome").asText()).isEqualTo("applied");
    assertThat(applied.get("version").asInt()).isEqualTo(2);
    assertThat(applied.get("digest").asText()).hasSize(64);
  }

  /** Each that says it was applied is a version; none goes over another one unseen. */
  @Test
  void ofApplysAtOnceNoneIsLost() throws Exception {
    run("apply");
    List<Path> folders = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Path copy = Files.createDirectories(folder.resolve("copy" + i));
      try (Stream<Path> files = Files.list(definitions)) {
        for (Path file : files.toList()) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
      Files.writeString(copy.resolve("shop.yaml"), shop + "# " + i + "\n");
      folders.add(copy);
    }
    ExecutorService pool = Executors.newFixedThreadPool(folders.size());
    List<Future<Command>> started = new ArrayList<>();
    for (Path copy : folders) {
      started.add(pool.submit(() -> Command.run("apply", "--definitions", copy)));
    }
    int applied = 0;
    for (Future<Command> each : started) {
      Command command = each.get();
      if (command.exitCode() == 0) {
        applied++;
      } else {
        assertThat(command.err())
            .startsWith("another version was applied while this one was compared with version ");
      }
    }
    pool.shutdown();

    assertThat(applied).isPositive();
    assertThat(version()).isEqualTo(1 + applied);
  }

  @Test
  void othersWithOtherDefinitionsAreRefusedOrTold() throws IOException {
    run("apply");
    edit(SPEND, SPEND.replace("window: 1d", "window: 12h"));
    String source = "orders=" + folder.resolve("orders.csv");

    for (Command job :
        List.of(
            run("stream", "--source", source),
            run("backfill", "--source", source),
            run("backfill", "--source", source, "--online"),
            run("materialize", "2026-01-01", "2026-02-01"))) {
      assertThat(job.exitCode()).isEqualTo(1);
      assertThat(job.err())
          .startsWith("the definitions are not those that are applied, version 1 of ")
          .contains("  spend:spend_1d: window 1d → 12h\n", "'tailwater plan'", "'tailwater apply'");
    }
    assertThat(run("backfill", "--source", source, "--view", "activity").exitCode())
        .as("of a view that is as it is applied")
        .isZero();

    Command serve = run("serve", "--port", "0");
    assertThat(serve.exitCode()).isEqualTo(1);
    assertThat(serve.err())
        .startsWith("the definitions are not those that are applied, version 1:")
        .contains("  spend:spend_1d: window 1d → 12h\n", "--unapplied");

    Command get = run("online", "get", "spend", "--entity", "customer_id=1");
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
    String source = "orders=" + folder.resolve("orders.csv");
    run("backfill", "--source", source);
    assertThat(stamps("spend")).as("of a project that never applies").isEmpty();

    assertThat(run("apply").out()).endsWith("Stamped the tables of activity, spend\n");
    assertThat(stamps("spend")).containsOnlyKeys("applied-version", "applied-digest");
    assertThat(run("backfill", "--source", source).exitCode()).isZero();
    Map<String, String> first = stamps("spend");
    assertThat(first)
        .containsEntry("applied-version", "1")
        .containsEntry("definitions-version", "1")
        .containsEntry("definitions-digest", first.get("applied-digest"));

    edit(SPEND, SPEND.replace("window: 1d", "window: 12h"));
    assertThat(run("apply", "--accept", "spend:*").exitCode()).isZero();
    Map<String, String> between = stamps("spend");
    assertThat(between)
        .as("until a job of version 2 starts")
        .containsEntry("applied-version", "2")
        .containsEntry("definitions-version", "1");
    assertThat(between.get("applied-digest")).isNotEqualTo(first.get("applied-digest"));
    assertThat(stamps("activity")).containsEntry("applied-digest", activityDigest());
    assertThat(run("stream", "--source", source).exitCode()).isZero();
    assertThat(stamps("spend")).containsEntry("definitions-version", "2");

    // A Redis that has lost all of it.
    try (RedisClient client = RedisClient.create(redis.host(), redis.port())) {
      client.flushAll();
    }
    assertThat(run("apply").out()).startsWith("Applied version 3 of shop");
  }

  @Test
  void aBackfillWithoutRedisIsHeldToTheStampOfItsTable() throws IOException {
    String source = "orders=" + folder.resolve("orders.csv");
    run("backfill", "--source", source);
    run("apply");
    Files.writeString(
        definitions.resolve("tailwater.yaml"),
        "warehouse: '%s'\ndead_letters: '%s'\n"
            .formatted(folder.resolve("warehouse"), folder.resolve("dead-letters")));
    assertThat(run("backfill", "--source", source).exitCode()).isZero();
    edit(SPEND, SPEND.replace("window: 1d", "window: 12h"));

    Command backfill = run("backfill", "--source", source);

    assertThat(backfill.exitCode()).isEqualTo(1);
    assertThat(backfill.err())
        .startsWith("the tables of spend are stamped with other definitions than these.");
  }

  private String activityDigest() throws IOException {
    return stamps("activity").getOrDefault("definitions-digest", "none");
  }

  private Map<String, String> stamps(String view) throws IOException {
    Map<String, String> stamps = new TreeMap<>();
    try (OpenCatalog open =
        OpenCatalog.of(IcebergCatalogs.loader(folder.resolve("warehouse").toString(), Map.of()))) {
      open.catalog()
          .loadTable(TableIdentifier.of("shop", view))
          .properties()
          .forEach(
              (name, value) -> {
                if (name.startsWith("tailwater.")) {
                  stamps.put(name.substring("tailwater.".length()), value);
                }
              });
    }
    return stamps;
  }

  private static long version() {
    try (DefinitionsRegistry registry =
        new DefinitionsRegistry(RedisOptions.of(redis.host(), redis.port()), "shop")) {
      return registry.head().orElseThrow().version();
    }
  }

  private void edit(String from, String to) throws IOException {
    assertThat(shop).contains(from);
    shop = from.isEmpty() ? shop : shop.replace(from, to);
    Files.writeString(definitions.resolve("shop.yaml"), shop);
  }

  private Command run(Object... arguments) {
    return Command.run(
        Stream.concat(Stream.of(arguments), Stream.of("--definitions", definitions)).toArray());
  }
}
