// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.sinks.iceberg.IcebergCatalogs;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tailwater maintain} and {@code tailwater tables} on real tables. */
class MaintainCommandITCase {
  private static final Path RETAIL = Path.of("../feature-definitions/retail");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VIEW = "customer_transactions";

  @TempDir private Path folder;

  /** Three backfills of one day each leave a file in it. */
  @BeforeEach
  void fillTheTable() throws IOException {
    Path orders =
        Files.writeString(
            folder.resolve("orders.csv"),
            """
            order_id,customer_id,event_time,product_id,category,quantity,unit_price,status
            a,1001,2026-03-01T01:00:00Z,p1,toys,2,10.25,COMPLETED
            b,1001,2026-03-01T11:00:00Z,p1,toys,1,0.10,COMPLETED
            c,1001,2026-03-01T21:30:00Z,p1,toys,1,5.00,COMPLETED
            """);
    String[] bounds = {
      "2026-03-01T00:00:00Z", "2026-03-01T08:00:00Z", "2026-03-01T16:00:00Z", "2026-03-02T00:00:00Z"
    };
    for (int i = 0; i < 3; i++) {
      Command backfill =
          run(
              "backfill",
              "--view",
              VIEW,
              "--source",
              "orders=" + orders,
              "--from",
              bounds[i],
              "--to",
              Instant.parse(bounds[i + 1]).minusMillis(1));
      assertThat(backfill.exitCode()).as(backfill.err()).isZero();
    }
  }

  @Test
  void filesOfADayBecomeOneAndRowsStay() throws IOException {
    List<String> before = rows();

    Command maintain = run("maintain", "--min-files", 2, "-o", "json");

    assertThat(maintain.exitCode()).as(maintain.err()).isZero();
    JsonNode report = JSON.readTree(maintain.out()).get(0);
    assertThat(report.get("table").textValue()).isEqualTo(VIEW);
    assertThat(report.get("files_before").intValue()).isEqualTo(3);
    assertThat(report.get("files_after").intValue()).isEqualTo(1);
    assertThat(report.get("files_compacted").intValue()).isEqualTo(3);
    assertThat(report.get("snapshots_expired").intValue()).isZero();
    assertThat(maintain.err()).contains("3 files", "became 1");
    assertThat(rows()).hasSize(3).isEqualTo(before);
    JsonNode table = JSON.readTree(run("tables", "-o", "json").out()).get(0);
    assertThat(table.get("files")).hasSize(1);
    assertThat(Path.of(table.get("files").get(0).textValue())).isRegularFile();
    assertThat(table.get("metadata").textValue()).endsWith(".metadata.json");
    assertThat(run("tables").out()).contains(VIEW, "metadata.json");
  }

  @Test
  void fewFilesAreLeftAsTheyAre() throws IOException {
    Command maintain = run("maintain");

    assertThat(maintain.exitCode()).as(maintain.err()).isZero();
    assertThat(maintain.out()).contains(VIEW + ": 3 files", "became 3");
  }

  @Test
  void filesOfKilledRunsGoWhenTheyAreOldEnough() throws IOException {
    List<String> before = rows();
    Path live =
        Path.of(JSON.readTree(run("tables", "-o", "json").out()).at("/0/files/0").textValue());
    Path killed = Files.copy(live, live.resolveSibling("killed.parquet"));
    age(killed, Duration.ofDays(8));
    Path recent = Files.copy(live, live.resolveSibling("recent.parquet"));
    age(recent, Duration.ofDays(6));
    age(live, Duration.ofDays(100));

    JsonNode left = JSON.readTree(run("maintain", "--orphan-days", 0, "-o", "json").out()).get(0);
    assertThat(left.get("orphans_deleted").intValue()).isZero();
    assertThat(killed).exists();
    JsonNode report = JSON.readTree(run("maintain", "-o", "json").out()).get(0);

    assertThat(report.get("orphans_deleted").intValue()).as("--keep-days holds too").isEqualTo(1);
    assertThat(report.get("orphan_bytes").longValue()).isEqualTo(Files.size(live));
    assertThat(killed).doesNotExist();
    assertThat(recent).exists();
    assertThat(rows()).hasSize(3).isEqualTo(before);
    assertThat(run("maintain", "--keep-days", 1).out()).contains("1 orphan files of 0.0 MB");
    assertThat(recent).as("three days hold then").doesNotExist();
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void aTableThatThereIsNotIsNamedWithThoseThatThereAre() {
    Command maintain = run("maintain", "--table", "nothing");

    assertThat(maintain.exitCode()).isEqualTo(1);
    assertThat(maintain.err()).contains("--table nothing", "[" + VIEW + "]");
  }

  @Test
  void optionsThatMakeNoSenseAreWrongUsage() {
    for (String option : List.of("--target-file-mb", "--min-files", "--keep-days")) {
      Command maintain = run("maintain", option, 0);
      assertThat(maintain.exitCode()).isEqualTo(2);
      assertThat(maintain.err()).contains(option + ": found 0");
    }
    Command negative = run("maintain", "--orphan-days", -1);
    assertThat(negative.exitCode()).isEqualTo(2);
    assertThat(negative.err()).contains("--orphan-days: found -1, expected at least 0");
  }

  private static void age(Path file, Duration age) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }

  private Command run(Object... words) {
    List<Object> all = new java.util.ArrayList<>(Arrays.asList(words));
    all.addAll(List.of("--definitions", RETAIL, "--warehouse", folder.resolve("warehouse")));
    return Command.run(all.toArray());
  }

  private List<String> rows() throws IOException {
    var project = ProjectLoader.load(RETAIL);
    FeatureView view = project.view(VIEW).orElseThrow();
    try (OfflineTableReader table =
        OfflineTableReader.open(
            IcebergCatalogs.loader(folder.resolve("warehouse").toString(), Map.of()),
            project.name(),
            view)) {
      return table.rows().stream()
          .map(
              row ->
                  "%d %d %s"
                      .formatted(
                          row.eventTimestamp(),
                          row.createdTimestamp(),
                          Arrays.toString(row.values())))
          .sorted()
          .toList();
    }
  }
}
