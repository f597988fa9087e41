// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresITCase {
  @Test
  void answersUntilItIsClosedAndLeavesNothingBehind() throws SQLException, IOException {
    EmbeddedPostgres postgres = EmbeddedPostgres.create();
    List<ProcessHandle> processes = processes(postgres.directory());
    assertThat(ask(postgres, "SELECT 40 + 2")).isEqualTo("42");

    postgres.close();
    postgres.close();

    awaitNone(processes);
    assertThat(postgres.directory()).doesNotExist();
    assertThatThrownBy(() -> ask(postgres, "SELECT 1")).isInstanceOf(SQLException.class);
    Ports.requireFree("Test", postgres.port());
  }

  @Test
  void endsWithAParentThatIsKilled() throws IOException, InterruptedException {
    Process parent =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                PostgresHolder.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      Path directory = Path.of(output.readLine());
      assertThat(directory).isDirectory();
      // The last of all to end is the watchdog, which deletes the files.
      List<ProcessHandle> processes =
          Stream.concat(processes(directory).stream(), parent.descendants()).toList();

      parent.destroyForcibly().waitFor();

      awaitNone(processes);
      assertThat(directory).doesNotExist();
    } finally {
      parent.destroyForcibly();
    }
  }

  private static List<ProcessHandle> processes(Path directory) throws IOException {
    ProcessHandle server = EmbeddedPostgres.process(directory);
    assertThat(server.children()).as("what works for the server").isNotEmpty();
    return Stream.concat(Stream.of(server), server.descendants()).toList();
  }

  private static void awaitNone(List<ProcessHandle> processes) {
    for (ProcessHandle process : processes) {
      assertThat(process.onExit().orTimeout(20, TimeUnit.SECONDS))
          .as("the end of process %d (%s)", process.pid(), process.info().command())
          .succeedsWithin(Duration.ofSeconds(20));
    }
  }

  private static String ask(EmbeddedPostgres postgres, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getString(1);
    }
  }
}
