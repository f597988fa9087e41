// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailwater.cli.Tailwater;
import io.tailwater.cli.demo.DemoWorld;
import io.tailwater.sinks.iceberg.IcebergCatalogs;
import io.tailwater.sinks.iceberg.OfflineTables;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** A demo's stores, with its late, duplicate, conflicting and broken events, and then damaged. */
class VerifyDemoITCase {
  private static final int EVENTS = 3_000;
  private static final int SAMPLE = 150;
  private static final long SEED = System.nanoTime();

  @TempDir private static Path folder;

  @Test
  @Tag("full") // A demo, and a verification of all of it again and again.
  void findsNothingButWhatWasDamaged() throws Exception {
    try (DemoWorld demo = new DemoWorld(folder, EVENTS, SEED)) {
      JsonNode whole = verify(demo, 0, "--sample", "100000");
      for (JsonNode view : whole.get("views")) {
        int entities =
            demo.keys(
                    demo.project().views().stream()
                        .filter(each -> each.name().equals(view.get("view").textValue()))
                        .findFirst()
                        .orElseThrow())
                .size();
        // Some have refused events alone.
        assertThat(view.get("entities").intValue()).as("%s", view).isGreaterThanOrEqualTo(entities);
        assertThat(view.get("online").get("values").intValue()).as("%s", view).isPositive();
        assertThat(view.get("online").get("entities_behind").intValue()).as("%s", view).isZero();
        assertThat(view.get("table").get("values").intValue())
            .as("%s", view)
            .isGreaterThan(view.get("online").get("values").intValue());
      }
      verify(demo, 0, "--source", "orders=archive");

      String key = "retail:customer_behavior:" + demo.hero();
      String field = "purchases_last_30d";
      try (Jedis redis =
          new Jedis(demo.settings().redis().host(), demo.settings().redis().port())) {
        String right = redis.hget(key, field);
        redis.hset(key, field, "77");
        JsonNode wrong = verify(demo, 1, "--sample", "100000");
        JsonNode examples = differences(wrong, "customer_behavior", "online", 1);
        assertThat(examples.get(0).get("entity").get("customer_id").longValue())
            .isEqualTo(demo.hero());
        assertThat(examples.get(0).get("feature").textValue()).isEqualTo(field);
        assertThat(examples.get(0).get("stored").longValue()).isEqualTo(77);
        assertThat(examples.get(0).get("recomputed")).hasToString(right);
        differences(wrong, "customer_behavior", "table", 0);
        redis.hset(key, field, right);
      }
      deleteAFile(demo, "product_sales");
      JsonNode without = verify(demo, 1, "--view", "product_sales", "--sample", "100000");
      JsonNode table = without.get("views").get(0).get("table");
      assertThat(table.get("differences").intValue()).isPositive();
      assertThat(table.get("examples").findValuesAsText("text"))
          .anyMatch(text -> text.startsWith("no row at "));
      differences(without, "product_sales", "online", 0);
    }
  }

  private static JsonNode differences(JsonNode report, String view, String store, int count) {
    for (JsonNode each : report.get("views")) {
      if (each.get("view").textValue().equals(view)) {
        assertThat(each.get(store).get("differences").intValue()).as("%s", each).isEqualTo(count);
        return each.get(store).get("examples");
      }
    }
    throw new AssertionError("no view " + view + " in " + report);
  }

  private static void deleteAFile(DemoWorld demo, String view) throws Exception {
    Catalog catalog = IcebergCatalogs.loader(demo.settings().warehouse(), Map.of()).loadCatalog();
    Table table = catalog.loadTable(OfflineTables.identifier(demo.project().name(), view));
    DataFile largest = null;
    try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
      for (FileScanTask task : files) {
        if (largest == null || task.file().recordCount() > largest.recordCount()) {
          largest = task.file();
        }
      }
    }
    table.newDelete().deleteFile(largest).commit();
  }

  private static JsonNode verify(DemoWorld demo, int exitCode, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("verify", "-o", "json", "--wait", "2s"));
    arguments.addAll(List.of("--definitions", demo.definitions().toString()));
    arguments.addAll(List.of("--seed", Long.toString(SEED), "--sample", Integer.toString(SAMPLE)));
    List<String> over = List.of(more);
    if (over.contains("--sample")) {
      arguments = new ArrayList<>(arguments.subList(0, arguments.size() - 2));
    }
    arguments.addAll(over);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Tailwater.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
            .execute(arguments.toArray(String[]::new));
    assertThat(exit).as("seed %d: %s%s", SEED, out, err).isEqualTo(exitCode);
    return new ObjectMapper().readTree(out.toString());
  }
}
