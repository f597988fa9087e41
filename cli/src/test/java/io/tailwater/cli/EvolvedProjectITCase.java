// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project that runs, is changed and runs again, over the same stores. */
class EvolvedProjectITCase {
  private static final String HEADER = "order_id,customer_id,at,amount\n";
  private static final String FIRST =
      """
      a,1,2026-03-01T10:00:00Z,10.25
      b,1,2026-03-01T12:00:00Z,1.00
      """;
  private static final String LATER = "c,1,2026-03-04T09:00:00Z,4.00\n";

  @TempDir private Path folder;
  private Path before;
  private Path after;

  @BeforeEach
  void writeProjects() throws IOException {
    before =
        project(
            "before",
            "{name: orders_1d, aggregate: count(*), window: 1d}",
            "{name: spend_1d, aggregate: sum(amount), window: 1d}",
            "{name: least_1d, aggregate: min(amount), window: 1d}");
    after =
        project(
            "after",
            "{name: purchases_1d, was: orders_1d, aggregate: count(*), window: 1d}",
            "{name: spend_1d, aggregate: sum(amount), window: 1d, default: 0.0}",
            "{name: most_1d, aggregate: max(amount), window: 1d}");
  }

  @Test
  void bothStoresFollowTheDefinitions() throws Exception {
    try (EmbeddedRedis redis = EmbeddedRedis.create()) {
      run("stream", before, "--source", orders(FIRST), "--redis", redis.address());
      Command plan = Command.run("plan", "--definitions", after, "--against", before);
      run("stream", after, "--source", orders(LATER), "--redis", redis.address());

      assertThat(plan.exitCode()).as(plan.out()).isZero();
      assertThat(rows())
          .as("old rows under new names, new ones beside them")
          .containsExactlyEntriesOf(
              new TreeMap<>(
                  Map.of(
                      "2026-03-01T10:00:00Z", "[1, 10.25, null]",
                      "2026-03-01T12:00:00Z", "[2, 11.25, null]",
                      "2026-03-04T09:00:00Z", "[1, 4.0, 4.0]")));
      Command online =
          Command.run(
              "online",
              "get",
              "spend:*",
              "--entity",
              "customer_id=1",
              "--definitions",
              after,
              "--redis",
              redis.address());
      assertThat(online.exitCode()).as(online.err()).isZero();
      assertThat(online.out())
          .contains("purchases_1d", "most_1d")
          .doesNotContain("orders_1d", "least_1d");
    }
    assertThat(readByDuckDb())
        .as("files of both definitions, by the names in them, as docs/evolution.md says")
        .containsExactly("1, 10.25, null", "2, 11.25, null", "1, 4.0, 4.0");
    run(
        "backfill",
        after,
        "--source",
        orders(FIRST + LATER),
        "--from",
        "2026-03-01T11:00:00Z",
        "--view",
        "spend");

    assertThat(rows())
        .as("what is backfilled is of the new definition, what is not is as it was")
        .containsExactlyEntriesOf(
            new TreeMap<>(
                Map.of(
                    "2026-03-01T10:00:00Z", "[1, 10.25, null]",
                    "2026-03-01T12:00:00Z", "[2, 11.25, 10.25]",
                    "2026-03-02T10:00:00.001Z", "[1, 1.0, 1.0]",
                    "2026-03-02T12:00:00.001Z", "[0, 0.0, null]",
                    "2026-03-04T09:00:00Z", "[1, 4.0, 4.0]")));
    assertThat(trainingSet())
        .containsExactly(
            "customer_id,event_timestamp,purchases_1d,spend_1d,most_1d",
            "1,2026-03-01T11:00:00Z,1,10.25,",
            "1,2026-03-01T13:00:00Z,2,11.25,10.25",
            "1,2026-03-02T13:00:00Z,0,0.0,",
            "1,2026-03-04T10:00:00Z,1,4.0,4.0");
  }

  private List<String> readByDuckDb() throws Exception {
    String doc = Files.readString(Path.of("../docs/evolution.md"));
    String sql = doc.substring(doc.indexOf("```sql\n") + 7);
    Command tables =
        Command.run(
            "tables",
            "--definitions",
            after,
            "--warehouse",
            folder.resolve("warehouse"),
            "-o",
            "json");
    Files.writeString(folder.resolve("tables.json"), tables.out());
    List<String> rows = new ArrayList<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute(
          "SET VARIABLE files = (SELECT files FROM read_json('%s') WHERE \"table\" = 'spend')"
              .formatted(folder.resolve("tables.json")));
      try (ResultSet result = statement.executeQuery(sql.substring(0, sql.indexOf("```")))) {
        while (result.next()) {
          rows.add(
              "%s, %s, %s"
                  .formatted(result.getObject(2), result.getObject(3), result.getObject(4)));
        }
      }
    }
    return rows;
  }

  private List<String> trainingSet() throws IOException {
    Path labels = folder.resolve("labels.csv");
    Files.writeString(
        labels,
        """
        customer_id,event_timestamp
        1,2026-03-01T11:00:00Z
        1,2026-03-01T13:00:00Z
        1,2026-03-02T13:00:00Z
        1,2026-03-04T10:00:00Z
        """);
    Path output = folder.resolve("training.csv");
    run("historical", after, "--labels", labels, "--features", "spend:*", "--output", output);
    return Files.readAllLines(output);
  }

  private void run(String command, Path definitions, Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                command, "--definitions", definitions, "--warehouse", folder.resolve("warehouse")));
    arguments.addAll(Arrays.asList(more));
    Command run = Command.run(arguments.toArray());
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
  }

  private String orders(String lines) throws IOException {
    Path file = folder.resolve("orders-%d.csv".formatted(lines.length()));
    return "orders=" + Files.writeString(file, HEADER + lines);
  }

  private Map<String, String> rows() throws IOException {
    Project project = ProjectLoader.load(after);
    FeatureView view = project.view("spend").orElseThrow();
    Map<String, String> rows = new TreeMap<>();
    try (OfflineTableReader table =
        OfflineTableReader.open(
            IcebergCatalogs.loader(folder.resolve("warehouse").toString(), Map.of()),
            project.name(),
            view)) {
      for (OfflineRow row : table.rows()) {
        String instant = Instant.ofEpochMilli(row.eventTimestamp()).toString();
        assertThat(rows.put(instant, Arrays.toString(row.values()))).as(instant).isNull();
      }
    }
    return rows;
  }

  private Path project(String name, String... features) throws IOException {
    Path definitions = Files.createDirectories(folder.resolve(name));
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
              - %s
        """
            .formatted(String.join("\n      - ", features)));
    Files.writeString(
        definitions.resolve("tailwater.yaml"),
        "dead_letters: '%s'\n".formatted(folder.resolve("dead-letters")));
    return definitions;
  }
}
