// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresITCase {
  @Test
  void answersUntilItIsClosedAndLeavesNothingBehind() throws SQLException, IOException {
    EmbeddedPostgres postgres = EmbeddedPostgres.create();
    List<ProcessHandle> processes = processes(postgres.directory());
    assertThat(ask(postgres, "SELECT 40 + 2")).isEqualTo("42");

    postgres.close();
    postgres.close();

    KilledParent.awaitEnd(processes);
    assertThat(postgres.directory()).doesNotExist();
    assertThatThrownBy(() -> ask(postgres, "SELECT 1")).isInstanceOf(SQLException.class);
    Ports.requireFree("Test", postgres.port());
  }

  @Test
  void endsWithAParentThatIsKilled(@TempDir Path folder) throws IOException, InterruptedException {
    try (KilledParent parent = new KilledParent(ServiceHolder.Service.POSTGRES, folder)) {
      Path directory = parent.directory();
      // The last of all to end is the watchdog, which deletes the files.
      List<ProcessHandle> processes =
          Stream.concat(processes(directory).stream(), parent.descendants().stream()).toList();

      parent.kill();

      KilledParent.awaitEnd(processes);
      assertThat(directory).doesNotExist();
    }
  }

  private static List<ProcessHandle> processes(Path directory) throws IOException {
    ProcessHandle server = EmbeddedPostgres.process(directory);
    assertThat(server.children()).as("what works for the server").isNotEmpty();
    return Stream.concat(Stream.of(server), server.descendants()).toList();
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
