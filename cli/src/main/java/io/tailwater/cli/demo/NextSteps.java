// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.flink.CatalogLoader;

/** How to go on from the demo, in commands. */
final class NextSteps {
  private NextSteps() {}

  /** What the tables are, for other engines; they stay until the next demo. */
  static List<String> tables(Project project, CatalogLoader catalog) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Look next, for example in DuckDB (INSTALL iceberg; LOAD iceberg):");
    for (FeatureView view : project.views()) {
      try (OfflineTableReader reader = OfflineTableReader.open(catalog, project.name(), view)) {
        lines.add(
            "  SELECT * FROM iceberg_scan('%s') LIMIT 5;"
                .formatted(reader.snapshot().metadataLocation()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return lines;
  }

  /** What can be looked at as long as the demo is up. */
  static List<String> services(Project project, Path definitions, URI webUi) {
    String view = project.views().get(0).name();
    return List.of(
        "Still up: Kafka, Redis, and the job, which goes on with the clock. Ctrl-C ends them.",
        "  The job's web UI: " + webUi,
        "  ./tailwater online get %s --entity customer_id=%d --definitions %s"
            .formatted(view, Shop.HERO, definitions),
        "  ./tailwater explain %s:%s --entity customer_id=%d --definitions %s"
            .formatted(
                view, project.views().get(0).features().get(0).name(), Shop.HERO, definitions),
        "  ./tailwater validate --definitions " + definitions);
  }

  /** How to have the services stay. */
  static List<String> again(Path definitions) {
    return List.of(
        "  ./tailwater demo --keep         stays up: the job's web UI, and vectors from Redis with",
        "                                  ./tailwater online get",
        "  ./tailwater validate --definitions " + definitions);
  }
}
