// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.Json;
import io.tailwater.definitions.model.Project;
import io.tailwater.sinks.iceberg.OfflineSnapshot;
import io.tailwater.sinks.iceberg.ProjectTables;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.iceberg.flink.CatalogLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tailwater tables}. */
@Command(
    name = "tables",
    description = {
      "Shows where the project's tables are, for other tools.",
      "",
      "For each table its current metadata file, which is what Iceberg readers ask for, and how far"
          + " it has come. With -o json also the Parquet files of the current snapshot: read those,"
          + " never all of the folder, which holds replaced files too."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tailwater tables --warehouse ./warehouse",
      "  tailwater tables --table customer_behavior -o json > tables.json"
    })
final class TablesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ProjectOptions options;
  @Mixin private TableOptions tables;
  @Mixin private OutputFormat output;

  @Override
  public Integer call() throws IOException {
    Project project = options.project();
    CatalogLoader catalog = tables.catalog(options.settings());
    PrintWriter out = spec.commandLine().getOut();
    List<Map<String, @Nullable Object>> shown = new ArrayList<>();
    for (String table : tables.names(catalog, project)) {
      shown.add(describe(table, ProjectTables.snapshot(catalog, project.name(), table)));
    }
    if (output.isJson()) {
      out.println(Json.text(shown));
    } else {
      shown.forEach(table -> text(table).forEach(out::println));
    }
    return ExitCode.OK;
  }

  private static Map<String, @Nullable Object> describe(String table, OfflineSnapshot snapshot) {
    Long watermark = snapshot.watermark();
    Map<String, @Nullable Object> described = new LinkedHashMap<>();
    described.put("table", table);
    described.put("metadata", snapshot.metadataLocation());
    described.put("snapshot", snapshot.snapshotId());
    described.put(
        "watermark", watermark == null ? null : Instant.ofEpochMilli(watermark).toString());
    described.put("files", snapshot.dataFiles());
    return described;
  }

  private static List<String> text(Map<String, @Nullable Object> table) {
    return List.of(
        String.valueOf(table.get("table")),
        "  metadata   " + table.get("metadata"),
        "  snapshot   " + table.get("snapshot"),
        "  watermark  " + table.get("watermark"),
        "  files      " + (table.get("files") instanceof List<?> files ? files.size() : 0));
  }
}
