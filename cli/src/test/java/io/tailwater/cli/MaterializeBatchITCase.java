// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailwater.embedded.EmbeddedPostgres;
import io.tailwater.embedded.EmbeddedRedis;
import io.tailwater.stores.OfflineRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batch views from a real PostgreSQL into a real Iceberg table and a real Redis. */
class MaterializeBatchITCase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ANN =
      "(1, '2025-01-01 10:00:00.123456', 5, 12.50, 4.5, 'toys', true, '2026-03-01 10:00:00+00')";
  private static final String BOB =
      "(2, '2025-06-01 00:00:00', 1, 0.10, 'NaN', null, false, '2026-03-02 01:30:00.0007+02')";
  private static final String ANN_ROW =
      "1 2026-03-01T10:00:00Z [1735725600123, 5, 12.50, 4.5, toys, true, true]";
  private static final String BOB_ROW =
      "2 2026-03-01T23:30:00Z [1748736000000, 1, 0.10, null, none, false, false]";

  private static EmbeddedPostgres postgres;

  @TempDir private Path folder;
  private EmbeddedRedis redis;
  private Profiles profiles;

  @BeforeAll
  static void startPostgres() {
    postgres = EmbeddedPostgres.create();
  }

  @AfterAll
  static void stopPostgres() {
    postgres.close();
  }

  @BeforeEach
  void startRedis() throws IOException {
    redis = EmbeddedRedis.create();
    profiles = Profiles.in(folder, postgres);
    profiles.settings(redis.address());
    Profiles.sql(
        postgres,
        "DROP TABLE IF EXISTS customers",
        "CREATE TABLE customers (%s)".formatted(Profiles.COLUMNS),
        "INSERT INTO customers VALUES " + ANN + "," + BOB);
  }

  @AfterEach
  void stopRedis() {
    redis.close();
  }

  @Test
  void everyColumnArrivesInBothStoresWithItsTypeAndOnceHoweverOftenItIsRead() throws IOException {
    JsonNode first = materialize("2026-03-01", "2026-04-01");
    assertCounts(first, 2, 2, 0, 0, 0, 2);
    List<OfflineRow> rows = profiles.offline("customer_profile");
    assertThat(profiles.rows("customer_profile")).containsExactly(ANN_ROW, BOB_ROW);

    JsonNode ann = online(1);
    assertThat(ann.get("event_timestamp").textValue()).isEqualTo("2026-03-01T10:00:00Z");
    assertThat(ann.get("valid_until").isNull()).isTrue();
    assertThat(ann.get("features").get("account_age_days").isInt())
        .as("computed on read, of the clock")
        .isTrue();
    assertThat(((ObjectNode) ann.get("features").deepCopy()).without("account_age_days").toString())
        .isEqualTo(
            "{\"signup_at\":1735725600123,\"total_orders\":5,\"lifetime_value\":12.5,\"rating\":4.5,"
                + "\"preferred_category\":\"toys\",\"email_verified\":true,\"is_regular\":true}");
    assertThat(online(2).get("features").get("rating").isNull()).isTrue();

    JsonNode second = materialize("2026-03-01", "2026-04-01");

    assertCounts(second, 2, 0, 2, 0, 0, 2);
    assertThat(profiles.offline("customer_profile"))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactlyInAnyOrderElementsOf(rows);
    assertThat(online(1)).isEqualTo(ann);
  }

  @Test
  void onlyRowsOfTheRangeAreTakenBothEndsIncluded() throws IOException {
    JsonNode report = materialize("2026-03-01T10:00:00.001Z", "2026-03-01T23:30:00Z");

    assertCounts(report, 1, 1, 0, 0, 0, 1);
    assertThat(profiles.rows("customer_profile")).containsExactly(BOB_ROW);
  }

  @Test
  void anIncrementalRunTakesWhatIsNewWhatHasChangedAndWhatCameLate() throws IOException {
    assertCounts(incremental("2026-03-03"), 2, 2, 0, 0, 0, 2);

    Profiles.sql(
        postgres,
        "UPDATE customers SET total_orders = 6, updated_at = '2026-03-05 00:00:00+00' WHERE customer_id = 1",
        "UPDATE customers SET lifetime_value = 0.20 WHERE customer_id = 2",
        "INSERT INTO customers VALUES (3, null, 0, 0, 0, 'books', false, '2020-01-01 00:00:00+00')");
    JsonNode report = incremental("2026-03-06");

    assertCounts(report, 3, 3, 0, 0, 0, 3);
    String correction = BOB_ROW.replace("0.10", "0.20");
    assertThat(profiles.rows("customer_profile"))
        .containsExactly(
            ANN_ROW,
            "1 2026-03-05T00:00:00Z [1735725600123, 6, 12.50, 4.5, toys, true, true]",
            BOB_ROW,
            correction,
            "3 2020-01-01T00:00:00Z [null, 0, 0.00, 0.0, books, false, false]");
    List<OfflineRow> bob =
        profiles.offline("customer_profile").stream()
            .filter(row -> row.key()[0].equals(2L))
            .sorted((one, other) -> Long.compare(one.createdTimestamp(), other.createdTimestamp()))
            .toList();
    assertThat(bob.get(0).createdTimestamp()).isLessThan(bob.get(1).createdTimestamp());
    assertThat(bob.get(1).values()[2].toString()).isEqualTo("0.20");
    assertThat(online(1).get("features").get("total_orders").longValue()).isEqualTo(6);
    assertThat(online(2).get("features").get("lifetime_value").decimalValue())
        .isEqualByComparingTo("0.2");
    assertThat(online(3).get("event_timestamp").textValue()).isEqualTo("2020-01-01T00:00:00Z");

    assertCounts(incremental("2026-03-06"), 3, 0, 3, 0, 0, 3);
    assertThat(profiles.rows("customer_profile")).hasSize(5);
  }

  @Test
  void aLookbackAsksForTheRowsFromSoLongBeforeTheLastEndAlone() throws IOException {
    incremental("2026-03-03");
    Profiles.sql(
        postgres,
        "INSERT INTO customers VALUES (3, null, 0, 0, 0, 'books', false, '2026-02-01 00:00:00+00')",
        "INSERT INTO customers VALUES (4, null, 0, 0, 0, 'books', false, '2026-03-02 00:00:00+00')");

    JsonNode report = incremental("2026-03-06", "--lookback", "2d");

    assertCounts(report, 3, 1, 2, 0, 0, 3);
    assertThat(profiles.rows("customer_profile")).hasSize(3);
    assertCounts(incremental("2026-03-06"), 4, 1, 3, 0, 0, 4);
  }

  @Test
  void aRedisThatHasLostEverythingIsFilledAgain() throws IOException {
    incremental("2026-03-03", "--lookback", "1h");
    redis.stop();
    redis.start();

    JsonNode report = incremental("2026-03-03", "--lookback", "1h");

    assertCounts(report, 2, 0, 2, 0, 0, 2);
    assertThat(online(2).get("features").get("total_orders").longValue()).isEqualTo(1);
  }

  @Test
  void rowsThatCannotBeStoredAreDeadLettersAndOfRowsThatAreOneOneCounts() throws IOException {
    Profiles.sql(
        postgres,
        "INSERT INTO customers VALUES (null, null, 0, 0, 0, 'nobody', false, '2026-03-01 00:00:00+00')",
        "INSERT INTO customers VALUES (9, null, 0, 0, 0, 'never', false, null)",
        "INSERT INTO customers VALUES (1, null, 7, 0, 0, 'twin', false, '2026-03-01 10:00:00+00')");

    JsonNode first = materialize("2026-03-01", "2026-04-01");
    List<String> rows = profiles.rows("customer_profile");
    JsonNode second = materialize("2026-03-01", "2026-04-01");

    assertCounts(first, 5, 2, 0, 1, 2, 2);
    assertCounts(second, 5, 0, 2, 1, 2, 2);
    assertThat(profiles.rows("customer_profile")).isEqualTo(rows).hasSize(2);
    assertThat(deadLetters("customer_profile"))
        .hasSize(4)
        .anySatisfy(
            letter ->
                assertThat(letter)
                    .contains("MISSING_KEY", "column 'customer_id': found null, expected INT64")
                    .contains("nobody"))
        .anySatisfy(
            letter ->
                assertThat(letter)
                    .contains(
                        "BAD_EVENT_TIME", "column 'updated_at': found null, expected TIMESTAMP")
                    .contains("never"));
  }

  @Test
  void columnsThatDoNotFitAreAllNamedBeforeAnythingRuns() throws IOException {
    profiles.change("{name: total_orders, type: INT64}", "{name: total_orders, type: STRING}");
    profiles.change("{name: rating, type: DOUBLE}", "{name: ratings, type: DOUBLE}");
    profiles.change("type: \"DECIMAL(12,2)\"", "type: DOUBLE");
    profiles.change("    - {name: is_regular, expression: total_orders >= 3}\n", "");

    Command command = profiles.run("materialize", "2026-03-01", "2026-04-01");

    assertThat(command.exitCode()).isEqualTo(1);
    assertThat(command.err())
        .contains(
            "view 'customer_profile', column 'total_orders': found INT, expected STRING: convert it in the query")
        .contains(
            "view 'customer_profile', column 'lifetime_value': found DECIMAL(12, 2), expected DOUBLE")
        .contains(
            "view 'customer_profile', column 'ratings': found none in the query's [customer_id, signup_at,")
        .doesNotContain("\tat ");
    assertThat(folder.resolve("warehouse/crm")).doesNotExist();
  }

  @Test
  void aQueryThatFlinkDoesNotUnderstandIsRefusedWithItsReason() throws IOException {
    profiles.change("SELECT * FROM customers", "SELECT custmer_id FROM customers");

    Command command = profiles.run("materialize", "2026-03-01", "2026-04-01");

    assertThat(command.exitCode()).isEqualTo(1);
    assertThat(command.err())
        .contains("view 'customer_profile': Flink refuses the query", "custmer_id")
        .doesNotContain("\tat ");
  }

  @Test
  void aTypeThatFlinkDoesNotKnowIsRefusedWithItsTable() throws IOException {
    profiles.change("rating: DOUBLE", "rating: DUBLE");

    Command command = profiles.run("materialize", "2026-03-01", "2026-04-01");

    assertThat(command.exitCode()).isEqualTo(1);
    assertThat(command.err())
        .contains("view 'customer_profile': table 'customers'", "DUBLE")
        .doesNotContain("\tat ");
  }

  @Test
  void anEventTimestampThatIsNoTimeIsRefused() throws IOException {
    profiles.change("event_timestamp: updated_at", "event_timestamp: total_orders");

    Command command = profiles.run("materialize", "2026-03-01", "2026-04-01");

    assertThat(command.exitCode()).isEqualTo(1);
    assertThat(command.err())
        .contains("column 'total_orders': found INT, expected a TIMESTAMP", "TO_TIMESTAMP_LTZ");
  }

  @Test
  void aConnectorOptionThatIsMissingOrADatabaseThatIsAwayIsNamed() throws IOException {
    profiles.change("table-name: customers", "table: customers");

    Command option = profiles.run("materialize", "2026-03-01", "2026-04-01");

    assertThat(option.exitCode()).isEqualTo(1);
    assertThat(option.err()).contains("table-name").doesNotContain("\tat ");

    profiles.change("table: customers", "table-name: nowhere");
    Command table = profiles.run("materialize", "2026-03-01", "2026-04-01");

    assertThat(table.exitCode()).isEqualTo(1);
    assertThat(table.err()).contains("relation \"nowhere\" does not exist");
  }

  @Test
  void aVariableThatIsNotSetIsNamed() throws IOException {
    profiles.change("table-name: customers", "table-name: '${TAILWATER_NO_SUCH_TABLE}'");

    Command command = profiles.run("materialize", "2026-03-01", "2026-04-01");

    assertThat(command.exitCode()).isEqualTo(1);
    assertThat(command.err()).contains("TAILWATER_NO_SUCH_TABLE").doesNotContain("\tat ");
  }

  private JsonNode materialize(String start, String end) throws IOException {
    return report(profiles.run("materialize", start, end, "--parallelism", 2, "-o", "json"));
  }

  private JsonNode incremental(String end, Object... more) throws IOException {
    return report(
        profiles.run(
            Stream.concat(
                    Stream.of("materialize-incremental", end, "--parallelism", 2, "-o", "json"),
                    Stream.of(more))
                .toArray()));
  }

  private static JsonNode report(Command command) throws IOException {
    assertThat(command.exitCode()).as(command.err()).isZero();
    JsonNode report = JSON.readTree(command.out());
    assertThat(report.get("balanced").booleanValue()).isTrue();
    assertThat(report.get("views")).hasSize(1);
    return report.get("views").get(0);
  }

  private static void assertCounts(
      JsonNode view,
      int read,
      int written,
      int unchanged,
      int duplicate,
      int refused,
      int vectors) {
    assertThat(view.toString())
        .isEqualTo(
            ("{\"view\":\"customer_profile\",\"kind\":\"batch\",\"read\":%d,\"written\":%d,"
                    + "\"unchanged\":%d,\"duplicate\":%d,\"refused\":%d,\"vectors\":%d}")
                .formatted(read, written, unchanged, duplicate, refused, vectors));
  }

  private JsonNode online(long customer) throws IOException {
    Command get =
        profiles.run(
            "online",
            "get",
            "customer_profile",
            "--entity",
            "customer_id=" + customer,
            "-o",
            "json");
    assertThat(get.exitCode()).as(get.err()).isZero();
    return JSON.readTree(get.out()).get(0);
  }

  private List<String> deadLetters(String source) throws IOException {
    try (Stream<Path> files =
        Files.list(folder.resolve("dead-letters").resolve(source + ".dead-letters"))) {
      return files
          .flatMap(
              file -> {
                try {
                  return Files.readAllLines(file).stream();
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              })
          .toList();
    }
  }
}
