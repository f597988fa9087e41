// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.CommandException;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.sinks.iceberg.IcebergCatalogs;
import io.tailwater.sinks.iceberg.ProjectTables;
import java.io.IOException;
import java.util.List;
import org.apache.iceberg.flink.CatalogLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which tables of the project a command is about, and where they are. */
final class TableOptions {
  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "One of the project's tables; may be repeated. Default: all.")
  private List<String> tables = List.of();

  @Option(names = "--warehouse", paramLabel = "URI", description = "The Iceberg warehouse.")
  private @Nullable String warehouse;

  /**
   * The catalog of the warehouse.
   *
   * @throws CommandException if neither an option nor the settings name one
   */
  CatalogLoader catalog(Settings settings) {
    String location = warehouse == null ? settings.warehouse() : warehouse;
    if (location == null) {
      throw new CommandException(
          "found no warehouse, expected --warehouse URI or 'warehouse' in tailwater.yaml");
    }
    return IcebergCatalogs.loader(location, settings.catalog());
  }

  /**
   * The tables' names.
   *
   * @throws CommandException if there is none of a given name
   */
  List<String> names(CatalogLoader catalog, Project project) throws IOException {
    List<String> found = ProjectTables.names(catalog, project.name());
    for (String table : tables) {
      if (!found.contains(table)) {
        throw new CommandException(
            "--table %s: found no such table of project '%s' in the warehouse, expected one of %s"
                .formatted(table, project.name(), found));
      }
    }
    return tables.isEmpty() ? found : tables.stream().distinct().toList();
  }
}
