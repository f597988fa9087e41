// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailwater.embedded.EmbeddedPostgres;
import io.tailwater.embedded.EmbeddedRedis;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A batch view's table that others write to while a run is between reading and writing it. The runs
 * are held there by a lock on the table in PostgreSQL: they know what the view has, and wait for
 * what the query gives.
 */
class MaterializeAtOnceITCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ANN = "(1, null, 5, 1, 1, 'toys', true, '2026-03-01 10:00:00+00')";
  private static final String BOB = "(2, null, 1, 2, 2, 'books', true, '2026-03-01 11:00:00+00')";
  private static final String CAT = "(3, null, 1, 3, 3, 'pets', true, '2026-03-01 12:00:00+00')";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static EmbeddedPostgres postgres;

  @TempDir private Path folder;
  private EmbeddedRedis redis;
  private Profiles profiles;
  private ExecutorService threads;

  @BeforeAll
  static void startPostgres() {
    postgres = EmbeddedPostgres.create();
  }

  @AfterAll
  static void stopPostgres() {
    postgres.close();
  }

  @BeforeEach
  void fillTheDatabase() throws IOException {
    threads = Executors.newCachedThreadPool();
    redis = EmbeddedRedis.create();
    profiles = Profiles.in(folder, postgres);
    profiles.settings(redis.address());
    Profiles.sql(
        postgres,
        "DROP TABLE IF EXISTS customers",
        "CREATE TABLE customers (%s)".formatted(Profiles.COLUMNS),
        "INSERT INTO customers VALUES " + ANN);
  }

  @AfterEach
  void stopRedis() {
    threads.shutdownNow();
    redis.close();
  }

  @Test
  void ofTwoRunsAtOnceOneAddsTheRowsAndTheOtherSaysToRunItAgain() throws Exception {
    assertThat(materialize().join().exitCode()).isZero();
    Profiles.sql(postgres, "INSERT INTO customers VALUES " + BOB);

    List<Command> runs = meanwhile(2, () -> {});

    assertThat(runs)
        .as(runs.toString())
        .extracting(Command::exitCode)
        .containsExactlyInAnyOrder(0, 1);
    assertThat(runs.stream().filter(run -> run.exitCode() == 1).findFirst().orElseThrow().err())
        .contains("The job has failed: The table crm.customer_profile got none of this run's rows")
        .contains("another run has changed its rows since this one read it", "1 added, 0 deleted")
        .contains("Run it again")
        .doesNotContain("\tat ");
    assertThat(profiles.rows("customer_profile")).hasSize(2);
    assertThat(counts(materialize().join())).isEqualTo("2 read, 0 written, 2 unchanged");
    assertThat(profiles.rows("customer_profile")).hasSize(2);
  }

  @Test
  void theSameHoldsForTheFirstRowsOfATable() throws Exception {
    List<Command> runs = meanwhile(2, () -> {});

    assertThat(runs)
        .as(runs.toString())
        .extracting(Command::exitCode)
        .containsExactlyInAnyOrder(0, 1);
    assertThat(profiles.rows("customer_profile")).hasSize(1);
    assertThat(counts(materialize().join())).isEqualTo("1 read, 0 written, 1 unchanged");
  }

  @Test
  void aCompactionMeanwhileIsNoOtherRow() throws Exception {
    assertThat(materialize().join().exitCode()).isZero();
    Profiles.sql(postgres, "INSERT INTO customers VALUES " + BOB);
    assertThat(materialize().join().exitCode()).isZero();
    Profiles.sql(postgres, "INSERT INTO customers VALUES " + CAT);

    List<Command> runs =
        meanwhile(
            1,
            () ->
                assertThat(profiles.run("maintain", "--min-files", 2).out())
                    .contains("customer_profile: 2 files", "became 1"));

    assertThat(counts(runs.get(0))).isEqualTo("3 read, 1 written, 2 unchanged");
    assertThat(profiles.rows("customer_profile")).hasSize(3);
  }

  /** Starts runs, does something when all of them wait for the query, and lets them go on. */
  private List<Command> meanwhile(int count, Runnable something) throws Exception {
    try (Connection lock = DriverManager.getConnection(postgres.jdbcUrl());
        Statement statement = lock.createStatement()) {
      lock.setAutoCommit(false);
      statement.execute("LOCK TABLE customers IN ACCESS EXCLUSIVE MODE");
      List<CompletableFuture<Command>> runs =
          Stream.generate(this::materialize).limit(count).toList();
      awaitWaiting(statement, count);
      something.run();
      lock.commit();
      return runs.stream().map(CompletableFuture::join).toList();
    }
  }

  private static void awaitWaiting(Statement statement, int count) throws SQLException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String query =
        "SELECT count(DISTINCT pid) FROM pg_locks, pg_sleep(0.1) WHERE NOT granted AND relation = 'customers'::regclass";
    int waiting = 0;
    while (waiting < count) {
      assertThat(System.nanoTime()).as("%d of %d runs wait", waiting, count).isLessThan(deadline);
      try (ResultSet result = statement.executeQuery(query)) {
        result.next();
        waiting = result.getInt(1);
      }
    }
  }

  private CompletableFuture<Command> materialize() {
    return CompletableFuture.supplyAsync(
        () ->
            profiles.run(
                "materialize", "2026-03-01", "2026-04-01", "--parallelism", 1, "-o", "json"),
        threads);
  }

  private static String counts(Command run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
    try {
      JsonNode view = JSON.readTree(run.out()).get("views").get(0);
      return "%d read, %d written, %d unchanged"
          .formatted(
              view.get("read").intValue(),
              view.get("written").intValue(),
              view.get("unchanged").intValue());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
