// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TailwaterTest {
  /** Maven runs the tests in the module's folder. */
  private static final Path RETAIL = Path.of("../feature-definitions/retail");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "demo",
        "init",
        "validate",
        "plan",
        "apply",
        "test",
        "explain",
        "verify",
        "dead-letters",
        "dead-letters list",
        "dead-letters replay",
        "stream",
        "online",
        "online get",
        "serve"
      })
  void everyCommandHasHelpWithAnExample(String command) {
    Command help = Command.run((Object[]) (command + " --help").strip().split(" ", -1));

    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).containsPattern("Examples?:\\R +tailwater " + command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "--nonsense", "online", "online get", "plan --against", "demo --events 3"})
  void wrongUsageExitsWith2AndShowsTheRightOne(String command) {
    Command wrong = Command.run((Object[]) command.strip().split(" ", -1));

    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("Usage: tailwater").doesNotContain("\tat ");
  }

  @Test
  void aMisspeltCommandIsAnsweredWithTheNearestOne() {
    Command wrong = Command.run("validat");

    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("Did you mean: tailwater validate");
  }

  @Test
  void theShippedProjectIsValid() {
    Command valid = Command.run("validate", "--definitions", RETAIL);

    assertThat(valid.err()).isEmpty();
    assertThat(valid.exitCode()).isZero();
    assertThat(valid.out()).startsWith("Project retail is valid: 2 entities, 4 sources");
  }

  @Test
  void allProblemsOfDefinitionsAndSettingsAreReportedAtOnce() throws IOException {
    Files.writeString(
        folder.resolve("a.yaml"), "project: p\nentities: [{name: customer}]\nfoo: 1\n");
    Files.writeString(folder.resolve("tailwater.yaml"), "redsi: localhost\n");

    Command invalid = Command.run("validate", "--definitions", folder);

    assertThat(invalid.exitCode()).isEqualTo(1);
    assertThat(invalid.err())
        .contains("a.yaml:2:", "join_keys", "a.yaml:3:1: foo", "tailwater.yaml:1:1: redsi")
        .contains("3 problems in " + folder);
  }

  @Test
  void featuresOfTwoViewsWithOneFieldInFeastsLayoutAreRefused() throws IOException {
    Files.writeString(
        folder.resolve("order.avsc"),
        """
        {"type": "record", "name": "Order", "fields": [
          {"name": "order_id", "type": "string"},
          {"name": "customer_id", "type": "long"},
          {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
        """);
    // Found by trying: the Murmur hash of both names is 0x8a4ed523.
    Files.writeString(
        folder.resolve("shop.yaml"),
        """
        project: shop
        entities:
          - {name: customer, join_keys: [{name: customer_id, type: INT64}]}
        sources:
          - {name: orders, schema: order.avsc, event_time: at, event_id: [order_id]}
        feature_views:
          - name: orders
            entity: customer
            source: orders
            features: [{name: spend_141462, aggregate: count(*), window: 1h}]
          - name: visits
            entity: customer
            source: orders
            features: [{name: pages_5701, aggregate: count(*), window: 1h}]
        """);
    Files.writeString(
        folder.resolve("tailwater.yaml"), "redis: {address: localhost, layout: feast}\n");

    Command invalid = Command.run("validate", "--definitions", folder);

    assertThat(invalid.exitCode()).isEqualTo(1);
    assertThat(invalid.err())
        .contains("tailwater.yaml: redis.layout: found feast")
        .contains("features 'orders:spend_141462' and 'visits:pages_5701' have one field")
        .contains("rename one of them");

    Files.writeString(folder.resolve("tailwater.yaml"), "redis: localhost\n");
    assertThat(Command.run("validate", "--definitions", folder).exitCode()).isZero();
  }

  @Test
  void problemsAreJsonForPrograms() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), "project: p\nfoo: 1\n");

    Command invalid = Command.run("validate", "--definitions", folder, "-o", "json");

    assertThat(invalid.exitCode()).isEqualTo(1);
    JsonNode json = new ObjectMapper().readTree(invalid.out());
    assertThat(json.get("valid").booleanValue()).isFalse();
    JsonNode problem = json.get("problems").get(0);
    assertThat(problem.get("file").textValue()).isEqualTo("a.yaml");
    assertThat(problem.get("line").intValue()).isEqualTo(2);
    assertThat(problem.get("path").textValue()).isEqualTo("foo");
  }

  @Test
  void anUnknownViewFeatureOrKeyIsAnsweredWithThoseThatThereAre() {
    assertThat(get("nonsense", "customer_id=1").err())
        .contains(
            "unknown feature view 'nonsense'",
            "customer_transactions, customer_behavior, product_sales");
    assertThat(get("customer_transactions:nonsense", "customer_id=1").err())
        .contains("unknown feature 'nonsense'", "purchases_today");
    assertThat(get("customer_transactions", "custmer=1").err())
        .contains("--entity custmer: found no such join key", "--entity customer_id=INT64");
    assertThat(get("customer_transactions", "customer_id=x").err())
        .contains("--entity customer_id=x: expected INT64");
  }

  @Test
  void aServiceAndAFeatureOnDemandSayWhatTheyNeed() {
    assertThat(get("customer_scores:cart_value_to_average", "customer_id=1").err())
        .contains("The feature needs --request cart_value=DOUBLE");
    assertThat(
            Command.run(
                    "online",
                    "get",
                    "--feature-service",
                    "churn",
                    "--entity",
                    "customer_id=1",
                    "--definitions",
                    RETAIL)
                .err())
        .contains("unknown feature service 'churn', expected one of churn_v1, fraud_v1");
  }

  @Test
  void anUnreachableRedisIsAFailureWithItsAddressAndWithoutAStackTrace() {
    Command failed = get("customer_transactions", "customer_id=1");

    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err()).startsWith("Cannot read from Redis at localhost:1:");
    assertThat(failed.err()).doesNotContain("\tat ");
  }

  @Test
  void debugShowsTheStackTrace() {
    Command failed = Command.run("--debug", "validate", "--definitions", RETAIL, "--nonsense");
    assertThat(failed.exitCode()).isEqualTo(2);

    failed =
        Command.run(
            "online", "get", "nonsense", "--entity", "a=1", "--definitions", RETAIL, "--debug");
    assertThat(failed.err()).contains("\tat io.tailwater.cli");
  }

  @Test
  void aReportThatCannotBeWrittenIsRefusedBeforeTheWorkBegins() {
    Path report = folder.resolve("missing/report.json");

    Command failed = Command.run("demo", "--directory", folder, "--report", report);

    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err()).startsWith("--report: cannot write to " + report);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatCannotBeWrittenIsRefusedWithAdvice() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    Command failed = Command.run("demo", "--directory", file.resolve("demo"));

    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err()).contains("The demo cannot write to", "--directory DIR");
  }

  private static Command get(String reference, String entity) {
    return Command.run(
        "online",
        "get",
        reference,
        "--entity",
        entity,
        "--definitions",
        RETAIL,
        "--redis",
        "localhost:1");
  }
}
