// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.sinks.iceberg.IcebergCatalogs;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import io.tailwater.stores.OfflineRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.flink.CatalogLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tailwater backfill} into real tables. */
class BackfillCommandITCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HEADER = "order_id,customer_id,at,amount\n";
  private static final List<String> ORDERS =
      List.of(
          "a,1,2026-03-01T10:00:00Z,10.25",
          "b,2,2026-03-01T10:30:00Z,1.00",
          "c,1,2026-03-01T11:00:00Z,0.10",
          "c,1,2026-03-01T11:00:00Z,0.10",
          "d,,2026-03-01T11:15:00Z,5.00",
          "e,1,nonsense,5.00",
          "f,2,2026-03-03T12:00:00Z,7.00");

  @TempDir private Path folder;
  private Path definitions;

  @BeforeEach
  void writeDefinitions() throws IOException {
    definitions = Files.createDirectories(folder.resolve("definitions"));
    Files.writeString(
        definitions.resolve("order.avsc"),
        """
        {"type": "record", "name": "Order", "fields": [
          {"name": "order_id", "type": "string"},
          {"name": "customer_id", "type": ["null", "long"]},
          {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
          {"name": "amount", "type": "double"}]}
        """);
    Files.writeString(
        definitions.resolve("shop.yaml"),
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
        """);
    Files.writeString(
        definitions.resolve("tailwater.yaml"),
        "dead_letters: '%s'\n".formatted(folder.resolve("dead-letters")));
  }

  @Test
  void writesARowAtEveryEventAndAtEveryEndOfAWindowUpToTheNewestEvent() throws IOException {
    Command backfill = backfill("first", ORDERS, "-o", "json", "--report", report());

    assertThat(backfill.exitCode()).as(backfill.err()).isZero();
    assertThat(rows("first", "spend"))
        .containsExactlyEntriesOf(
            sorted(
                Map.of(
                    "1 2026-03-01T10:00:00Z", "[1, 10.25]",
                    "1 2026-03-01T11:00:00Z", "[2, 10.35]",
                    "1 2026-03-02T10:00:00.001Z", "[1, 0.1]",
                    "1 2026-03-02T11:00:00.001Z", "[0, null]",
                    "2 2026-03-01T10:30:00Z", "[1, 1.0]",
                    "2 2026-03-02T10:30:00.001Z", "[0, null]",
                    "2 2026-03-03T12:00:00Z", "[1, 7.0]")));
    JsonNode report = JSON.readTree(backfill.out());
    assertThat(report).isEqualTo(JSON.readTree(report().toFile()));
    assertThat(report.get("balanced").booleanValue()).isTrue();
    assertThat(report.get("views")).hasSize(2);
    JsonNode spend = report.get("views").get(0);
    assertThat(spend.get("read").intValue()).isEqualTo(7);
    assertThat(spend.get("applied").intValue()).isEqualTo(4);
    assertThat(spend.get("duplicate").intValue()).isEqualTo(1);
    assertThat(spend.get("malformed").intValue()).isEqualTo(2);
    assertThat(folder.resolve("dead-letters/orders.dead-letters")).isNotEmptyDirectory();
  }

  @Test
  void theOrderOfTheFileMakesNoDifference() throws IOException {
    List<String> reversed = new ArrayList<>(ORDERS);
    java.util.Collections.reverse(reversed);

    assertThat(backfill("sorted", ORDERS).exitCode()).isZero();
    Command unsorted = backfill("unsorted", reversed);

    assertThat(unsorted.exitCode()).as(unsorted.err()).isZero();
    assertThat(unsorted.out()).contains("spend: read 7 = applied 4", "too_late 0");
    for (String view : List.of("spend", "activity")) {
      assertThat(rows("unsorted", view)).isNotEmpty().isEqualTo(rows("sorted", view));
    }
  }

  @Test
  void fromAndToBoundTheRowsButNotTheEventsThatCount() throws IOException {
    Command backfill =
        backfill(
            "range",
            ORDERS,
            "--view",
            "spend",
            "--from",
            "2026-03-01T11:00",
            "--to",
            "2026-03-02T10:30:00+00:00");

    assertThat(backfill.exitCode()).as(backfill.err()).isZero();
    assertThat(rows("range", "spend"))
        .containsExactlyEntriesOf(
            sorted(
                Map.of(
                    "1 2026-03-01T11:00:00Z", "[2, 10.35]",
                    "1 2026-03-02T10:00:00.001Z", "[1, 0.1]")));
    assertThat(backfill.out()).doesNotContain("activity");
    assertThat(folder.resolve("range/shop/activity")).doesNotExist();
  }

  @Test
  void toBeyondTheNewestEventLetsTheWindowsEnd() throws IOException {
    assertThat(backfill("late-end", ORDERS, "--view", "spend", "--to", "2026-03-05").exitCode())
        .isZero();

    assertThat(rows("late-end", "spend")).containsEntry("2 2026-03-04T12:00:00.001Z", "[0, null]");
  }

  @Test
  void rowsOfTheRangeAreReplacedAndOthersStay() throws IOException {
    assertThat(backfill("full", ORDERS, "--view", "spend").exitCode()).isZero();
    SortedMap<String, String> before = rows("full", "spend");

    assertThat(backfill("full", ORDERS).exitCode()).isZero();
    assertThat(rows("full", "spend")).as("twice is once").isEqualTo(before);

    List<String> corrected = new ArrayList<>(ORDERS);
    corrected.set(1, "b,2,2026-03-01T10:30:00Z,2.50");
    Command range =
        backfill(
            "full",
            corrected,
            "--view",
            "spend",
            "--from",
            "2026-03-01T10:15",
            "--to",
            "2026-03-01T10:45");
    assertThat(range.exitCode()).as(range.err()).isZero();
    before.put("2 2026-03-01T10:30:00Z", "[1, 2.5]");
    assertThat(rows("full", "spend")).isEqualTo(before);
  }

  @Test
  void onlineWritesTheLastVectorsBehindThoseOfAnyStream() throws IOException {
    try (EmbeddedRedis redis = EmbeddedRedis.create()) {
      Command backfill =
          backfill("online", ORDERS, "--to", "2026-03-09", "--online", "--redis", redis.address());

      assertThat(backfill.exitCode()).as(backfill.err()).isZero();
      assertThat(online(redis, "1").get("event_timestamp").textValue())
          .isEqualTo("2026-03-02T11:00:00.001Z");
      JsonNode other = online(redis, "2");
      assertThat(other.get("event_timestamp").textValue())
          .as("an event's instant, though rows go on up to --to")
          .isEqualTo("2026-03-03T12:00:00Z");
      assertThat(other.get("valid_until").textValue()).isEqualTo("2026-03-04T12:00:00.001Z");
      assertThat(other.get("features").get("spend_1d").doubleValue()).isEqualTo(7.0);
    }
  }

  @Test
  void withoutOnlineNoRedisIsNeeded() throws IOException {
    assertThat(backfill("offline", ORDERS).exitCode()).isZero();

    Command online = backfill("offline-2", ORDERS, "--online");

    assertThat(online.exitCode()).isEqualTo(1);
    assertThat(online.err()).contains("--redis");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Command backfill = run("none", "--source", "orders=" + folder.resolve("nowhere.csv"));

    assertThat(backfill.exitCode()).isEqualTo(1);
    assertThat(backfill.err()).contains("--source orders=", "nowhere.csv").doesNotContain("\tat ");
  }

  @Test
  void aSourceWithoutAFileIsNamedWithTheFlagThatGivesIt() {
    Command backfill = run("none");

    assertThat(backfill.exitCode()).isEqualTo(1);
    assertThat(backfill.err()).contains("--source orders=FILE");
  }

  @Test
  void aSourceThatThereIsNotIsNamedWithThoseThatThereAre() {
    Command backfill = run("none", "--source", "ordres=orders.csv");

    assertThat(backfill.exitCode()).isEqualTo(1);
    assertThat(backfill.err()).contains("ordres", "[orders]");
  }

  @Test
  void aViewThatThereIsNotIsNamedWithThoseThatThereAre() {
    Command backfill = run("none", "--view", "spent");

    assertThat(backfill.exitCode()).isEqualTo(1);
    assertThat(backfill.err()).contains("--view spent", "[spend, activity]");
  }

  @Test
  void aRangeThatEndsBeforeItBeginsIsWrongUsage() {
    Command backfill = run("none", "--from", "2026-03-02", "--to", "2026-03-01T23:59");

    assertThat(backfill.exitCode()).isEqualTo(2);
    assertThat(backfill.err()).contains("--from 2026-03-02T00:00:00Z", "--to 2026-03-01T23:59:00Z");
  }

  @Test
  void aTimeThatIsNoneIsWrongUsage() {
    Command backfill = run("none", "--from", "yesterday");

    assertThat(backfill.exitCode()).isEqualTo(2);
    assertThat(backfill.err()).contains("--from", "yesterday", "2026-03-01T10:00:00Z");
  }

  @Test
  void helpShowsAnExample() {
    assertThat(Command.run("backfill", "--help").out())
        .contains("tailwater backfill --source orders=orders.csv --warehouse ./warehouse");
  }

  private Command backfill(String warehouse, List<String> lines, Object... more)
      throws IOException {
    Path file =
        Files.writeString(folder.resolve(warehouse + ".csv"), HEADER + String.join("\n", lines));
    List<Object> arguments = new ArrayList<>(List.of("--source", "orders=" + file));
    arguments.addAll(Arrays.asList(more));
    return run(warehouse, arguments.toArray());
  }

  private Command run(String warehouse, Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "backfill",
                "--definitions",
                definitions,
                "--warehouse",
                folder.resolve(warehouse),
                "--parallelism",
                2));
    arguments.addAll(Arrays.asList(more));
    return Command.run(arguments.toArray());
  }

  private Path report() {
    return folder.resolve("report.json");
  }

  private JsonNode online(EmbeddedRedis redis, String customer) throws IOException {
    Command get =
        Command.run(
            "online",
            "get",
            "spend",
            "--entity",
            "customer_id=" + customer,
            "--definitions",
            definitions,
            "--redis",
            redis.address(),
            "-o",
            "json");
    assertThat(get.exitCode()).as(get.err()).isZero();
    return JSON.readTree(get.out()).get(0);
  }

  private SortedMap<String, String> rows(String warehouse, String name) throws IOException {
    Project project = ProjectLoader.load(definitions);
    FeatureView view = project.view(name).orElseThrow();
    CatalogLoader catalog = IcebergCatalogs.loader(folder.resolve(warehouse).toString(), Map.of());
    SortedMap<String, String> rows = new TreeMap<>();
    try (OfflineTableReader table = OfflineTableReader.open(catalog, project.name(), view)) {
      for (OfflineRow row : table.rows()) {
        String key = row.key()[0] + " " + Instant.ofEpochMilli(row.eventTimestamp());
        assertThat(rows.put(key, Arrays.toString(row.values()))).as("one row of %s", key).isNull();
      }
    }
    return rows;
  }

  private static SortedMap<String, String> sorted(Map<String, String> rows) {
    return new TreeMap<>(rows);
  }
}
