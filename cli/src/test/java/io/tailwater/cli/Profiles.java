// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.model.StoredView;
import io.tailwater.embedded.EmbeddedPostgres;
import io.tailwater.sinks.iceberg.IcebergCatalogs;
import io.tailwater.sinks.iceberg.OfflineTableReader;
import io.tailwater.stores.OfflineRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The customers of a shop in PostgreSQL, and the project whose batch view reads them. */
final class Profiles {
  /** The columns of the table {@code customers}. */
  static final String COLUMNS =
      "customer_id bigint, signup_at timestamp, total_orders integer, lifetime_value numeric(12,2),"
          + " rating double precision, preferred_category text, email_verified boolean,"
          + " updated_at timestamptz";

  private static final String VIEW =
      """
      batch_feature_views:
        - name: customer_profile
          entity: customer
          tables:
            customers:
              connector: jdbc
              url: '%s'
              table-name: customers
              columns:
                customer_id: BIGINT
                signup_at: TIMESTAMP(6)
                total_orders: INT
                lifetime_value: DECIMAL(12, 2)
                rating: DOUBLE
                preferred_category: STRING
                email_verified: BOOLEAN
                updated_at: TIMESTAMP(6)
          query: SELECT * FROM customers
          event_timestamp: updated_at
          features:
            - {name: signup_at, type: TIMESTAMP}
            - {name: account_age_days, expression: "TIMESTAMPDIFF(DAY, signup_at, request_time)"}
            - {name: total_orders, type: INT64}
            - {name: lifetime_value, type: "DECIMAL(12,2)"}
            - {name: rating, type: DOUBLE}
            - {name: preferred_category, type: STRING, default: none}
            - {name: email_verified, type: BOOL}
            - {name: is_regular, expression: total_orders >= 3}
      """;

  private final Path folder;
  private final Path definitions;

  private Profiles(Path folder, Path definitions) {
    this.folder = folder;
    this.definitions = definitions;
  }

  /** Writes the project below a folder, where the stores' files go too. */
  static Profiles in(Path folder, EmbeddedPostgres postgres) throws IOException {
    Path definitions = Files.createDirectories(folder.resolve("definitions"));
    Profiles profiles = new Profiles(folder, definitions);
    profiles.write(
        "crm.yaml",
        """
        project: crm
        entities:
          - {name: customer, join_keys: [{name: customer_id, type: INT64}]}
        """);
    profiles.write("profile.yaml", VIEW.formatted(postgres.jdbcUrl()));
    return profiles;
  }

  /** Writes one of the project's files. */
  void write(String name, String text) throws IOException {
    Files.writeString(definitions.resolve(name), text);
  }

  /** Replaces a text in the view's definition. */
  void change(String found, String replacement) throws IOException {
    Path file = definitions.resolve("profile.yaml");
    String text = Files.readString(file);
    if (!text.contains(found)) {
      throw new IllegalArgumentException("no '%s' in %s".formatted(found, text));
    }
    Files.writeString(file, text.replace(found, replacement));
  }

  /** Names the online store. */
  void settings(String redis) throws IOException {
    write(
        "tailwater.yaml",
        """
        redis: '%s'
        warehouse: '%s'
        dead_letters: '%s'
        checkpoints: {directory: '%s', interval: 1s}
        """
            .formatted(
                redis,
                folder.resolve("warehouse"),
                folder.resolve("dead-letters"),
                folder.resolve("checkpoints")));
  }

  Path definitions() {
    return definitions;
  }

  /** Runs a command on the project. */
  Command run(Object... arguments) {
    return Command.run(
        Stream.concat(Arrays.stream(arguments), Stream.of("--definitions", definitions)).toArray());
  }

  /** The rows of a view's offline table as text, in order: key, event timestamp, values. */
  List<String> rows(String view) throws IOException {
    return offline(view).stream()
        .map(
            row ->
                "%s %s %s"
                    .formatted(
                        row.key()[0],
                        Instant.ofEpochMilli(row.eventTimestamp()),
                        Arrays.toString(row.values())))
        .sorted()
        .toList();
  }

  /** The rows of a view's offline table. */
  List<OfflineRow> offline(String name) throws IOException {
    Project project = ProjectLoader.load(definitions);
    StoredView view = project.storedView(name).orElseThrow();
    try (OfflineTableReader table =
        OfflineTableReader.open(
            IcebergCatalogs.loader(folder.resolve("warehouse").toString(), Map.of()),
            project.name(),
            view)) {
      return table.rows();
    }
  }

  /** Runs statements on the server. */
  static void sql(EmbeddedPostgres postgres, String... statements) {
    try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
