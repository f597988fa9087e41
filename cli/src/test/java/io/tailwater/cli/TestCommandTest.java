// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCommandTest {
  /** Maven runs the tests in the module's folder. */
  private static final Path RETAIL = Path.of("../feature-definitions/retail");

  @TempDir private Path folder;

  @Test
  void theCasesOfTheShippedExamplePass() {
    Command test = Command.run("test", "--definitions", RETAIL);

    assertThat(test.out()).doesNotContain("FAILED");
    assertThat(test.err()).isEmpty();
    assertThat(test.exitCode()).isZero();
    assertThat(test.out())
        .startsWith(
            "ok     tests/customer.yaml:13: a purchase counts for seven days to the millisecond\n"
                .replace("\n", System.lineSeparator()))
        .containsPattern("10 cases with \\d+ values passed in \\d+ ms\\.\\R$");
  }

  @Test
  void aBrokenCaseNamesValueExpectationAndEvents() throws IOException {
    copyRetail();
    write(
        """
        tests:
          - name: a week of purchases
            entity: {customer_id: 1}
            events:
              orders:
                - {order_id: o1, customer_id: 1, event_time: 2026-03-01T10:00:00Z, product_id: sku-1, category: books, quantity: 1, unit_price: 10.1, status: COMPLETED}
                - {order_id: o2, customer_id: 1, event_time: 2026-03-02T10:00:00Z, product_id: sku-2, category: books, quantity: 2, unit_price: 10.1, status: COMPLETED}
                - {order_id: o3, customer_id: 1, event_time: 2026-03-02T11:00:00Z, product_id: sku-2, category: books, quantity: 2, unit_price: 10.1, status: CANCELLED}
            expect:
              - at: 2026-03-08T10:00:00.001Z
                features:
                  customer_behavior:
                    purchases_last_7d: 2
                    spend_last_7d: 20.200000000000003
                    purchases_last_30d: 2
        """);

    Command test = Command.run("test", "--definitions", folder);

    assertThat(test.exitCode()).isEqualTo(1);
    assertThat(test.err()).isEmpty();
    assertThat(test.out().replaceFirst("in \\d+ ms", "in N ms").lines())
        .containsExactly(
            "FAILED tests/week.yaml:2: a week of purchases",
            "  tests/week.yaml:13: customer_behavior:purchases_last_7d of customer_id=1 at 2026-03-08T10:00:00.001Z",
            "    found 1, expected 2: 1 less",
            "    purchases_last_7d = count(*) over [2026-03-01T10:00:00.001Z, 2026-03-08T10:00:00.001Z]: 1 event",
            "      tests/week.yaml:7  2026-03-02T10:00:00Z  leaves 2026-03-09T10:00:00.001Z  orders {order_id: \"o2\", customer_id: 1, product_id: \"sku-2\", category: \"books\", quantity: 2, unit_price: 10.1, status: \"COMPLETED\"}",
            "      tests/week.yaml:6  2026-03-01T10:00:00Z  not in it: left 2026-03-08T10:00:00.001Z  orders {order_id: \"o1\", customer_id: 1, product_id: \"sku-1\", category: \"books\", quantity: 1, unit_price: 10.1, status: \"COMPLETED\"}",
            "  tests/week.yaml:14: customer_behavior:spend_last_7d of customer_id=1 at 2026-03-08T10:00:00.001Z",
            "    found 20.2, expected 20.200000000000003: 3.55E-15 less, 1 ulp",
            "    spend_last_7d = sum(line_total) over [2026-03-01T10:00:00.001Z, 2026-03-08T10:00:00.001Z]: 1 event",
            "      tests/week.yaml:7  2026-03-02T10:00:00Z  leaves 2026-03-09T10:00:00.001Z  orders {order_id: \"o2\", customer_id: 1, product_id: \"sku-2\", category: \"books\", quantity: 2, unit_price: 10.1, status: \"COMPLETED\"}",
            "      tests/week.yaml:6  2026-03-01T10:00:00Z  not in it: left 2026-03-08T10:00:00.001Z  orders {order_id: \"o1\", customer_id: 1, product_id: \"sku-1\", category: \"books\", quantity: 1, unit_price: 10.1, status: \"COMPLETED\"}",
            "1 of 1 case failed, with 2 wrong of 3 values, in N ms.");
  }

  @Test
  void aFailureIsJsonForPrograms() throws IOException {
    copyRetail();
    write(
        """
        tests:
          - name: a ticket
            events:
              support_tickets:
                - {ticket_id: t1, customer_id: 1, event_time: 2026-03-01T10:00:00Z, topic: return}
            expect:
              - entity: {customer_id: 1}
                at: 2026-03-01T10:00:00Z
                features: {customer_behavior: {support_tickets_last_30d: null}}
        """);

    Command test = Command.run("test", "--definitions", folder, "-o", "json");

    assertThat(test.exitCode()).isEqualTo(1);
    JsonNode json = new ObjectMapper().readTree(test.out());
    assertThat(json.get("failed").intValue()).isEqualTo(1);
    JsonNode failure = json.get("results").get(0).get("failures").get(0);
    assertThat(failure.get("line").intValue()).isEqualTo(9);
    assertThat(failure.get("found").intValue()).isEqualTo(1);
    assertThat(failure.get("expected").isNull()).isTrue();
    JsonNode event = failure.get("windows").get(0).get("events").get(0);
    assertThat(event.get("position").textValue()).isEqualTo("tests/week.yaml:5");
    assertThat(event.get("leaves").textValue()).isEqualTo("2026-03-31T10:00:00.001Z");
    assertThat(event.get("fields").get("topic").textValue()).isEqualTo("return");
  }

  @Test
  void allMistakesOfAllFilesAreReportedAtOnce() throws IOException {
    copyRetail();
    write("tests: [{name: a, expect: [{at: never}]}]\n");
    Files.writeString(folder.resolve("tests/b.yaml"), "test: []\n");

    Command test = Command.run("test", "--definitions", folder);

    assertThat(test.exitCode()).isEqualTo(1);
    assertThat(test.err())
        .contains("tests/b.yaml:1:1: test: found the unknown key 'test'", "did you mean 'tests'?")
        .contains("tests/week.yaml:1:33: tests[a].expect[0].at: found 'never'")
        .contains("5 problems in " + folder);
  }

  @Test
  void oneFileOrOneCaseCanBeChosen() {
    Command one =
        Command.run(
            "test",
            RETAIL.resolve("tests/product.yaml"),
            "--case",
            "a guest buys, but is no buyer",
            "--definitions",
            RETAIL);
    assertThat(one.out()).contains("1 case with 13 values passed in ");

    Command none = Command.run("test", "--case", "a guest", "--definitions", RETAIL);
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err())
        .startsWith("--case 'a guest': found no such case, expected one of: a purchase counts");
  }

  private void copyRetail() throws IOException {
    try (Stream<Path> files = Files.list(RETAIL)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  private void write(String cases) throws IOException {
    Files.createDirectories(folder.resolve("tests"));
    Files.writeString(folder.resolve("tests/week.yaml"), cases);
  }
}
