// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in a file, an author gets a list of problems, never a stack trace. */
class RandomDefinitionsTest {
  private static final int CASES = 400;
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    ":",
    ",",
    "- ",
    "\n",
    "\n  ",
    "'",
    "\"",
    "`",
    "&a ",
    "*a",
    "!!int ",
    "!!java.lang.Runtime ",
    "|\n",
    ">\n",
    "#",
    "%",
    "?",
    "null",
    "~",
    "-1",
    "1e999",
    "0x1F",
    ".inf",
    "NaN",
    "99999999999999999999",
    "count(*)",
    "count(distinct ",
    "last_n(order_id, 3)",
    "last_n(order_id, 99999999999999999999)",
    "percentile(quantity, 0.",
    "sum(",
    "event_time",
    "request_time",
    "{length: 30d, offset: 365250d}",
    "{calendar: month, zone: ",
    "by: status, ",
    "source: orders, ",
    "expiry: 1h, ",
    "unbounded_state: ",
    "customer_transactions:*",
    "avg(line_total)",
    "CASE WHEN",
    "END",
    "7d",
    "lifetime",
    "project: x\n",
    "<<: *a",
    "---\n",
    "\t",
    "\u0000",
    "\ud83d\ude00",
    "\ufeff",
    "${HOME}",
    "${X",
    "quantity / 0",
    "SELECT 1",
    "CAST(quantity AS DECIMAL(99, 98))",
    "INTERVAL '1' DAY",
    "ROW(1)",
    "ARRAY[1]",
    "MAP['a', 1]",
    "x'ff'",
    "_utf16'a'",
    "1 = ANY (1)",
    "TIMESTAMPADD(FOO, 1, event_time)",
    "EXTRACT(CENTURY FROM event_time)",
    "U&'\\zzzz'"
  };

  /** What the shipped example does not say. */
  private static final String MORE =
      """
      sources:
        - {name: baskets, schema: order.avsc, event_time: event_time, event_id: order_id}
      feature_views:
        - name: everything
          entity: customer
          source: orders
          keys: {baskets: {customer_id: customer_id}}
          where: quantity > 0
          ttl: 90d
          expiry: 5m
          unbounded_state: true
          tags: {a: b}
          features:
            - {name: a, aggregate: count(*), by: status, windows: [7d, lifetime]}
            - {name: b, aggregate: "last_n(order_id, 5)", window: {length: 30d, offset: 30d}}
            - {name: c, aggregate: count(distinct status), window: {calendar: week, zone: Europe/Lisbon}}
            - {name: d, source: baskets, aggregate: max(event_time), window: 7d, where: quantity > 1}
            - {name: e, aggregate: "percentile(quantity, 0.95)", window: 7d, expiry: exact}
            - {name: f, expression: "e * 2", owner: me}
      feature_services:
        - {name: one, as_of: before, features: ["everything:*"]}
        - {name: two, features: ["everything:a_7d", "everything:f"]}
      """;

  private static final List<String> SCHEMAS =
      List.of("order.avsc", "cart.avsc", "page_view.avsc", "support_ticket.avsc");

  @TempDir private Path folder;

  @Test
  void neverFailsInAnyOtherWay() throws IOException {
    String definitions = Files.readString(Path.of("retail/retail.yaml"));
    String settings = Files.readString(Path.of("retail/tailwater.yaml"));
    for (String schema : SCHEMAS) {
      Files.copy(Path.of("retail", schema), folder.resolve(schema));
    }
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      Files.writeString(folder.resolve("retail.yaml"), mutate(definitions, random));
      Files.writeString(folder.resolve("more.yaml"), mutate(MORE, random));
      Files.writeString(folder.resolve("tailwater.yaml"), mutate(settings, random));

      assertThatCode(this::load).as("seed %d", seed).doesNotThrowAnyException();
    }
  }

  private void load() {
    try {
      ProjectLoader.load(folder);
    } catch (DefinitionException refused) {
      refused.problems().forEach(problem -> requireText(problem.toString()));
    }
    try {
      SettingsLoader.load(folder, Map.of());
    } catch (DefinitionException refused) {
      refused.problems().forEach(problem -> requireText(problem.toString()));
    }
  }

  private static void requireText(String problem) {
    if (problem.isBlank() || problem.contains("found null,") || problem.contains("\n")) {
      throw new AssertionError("a problem that says nothing: " + problem);
    }
  }

  /** The text with some pieces inserted, some cut out and some of its own words moved. */
  private static String mutate(String text, Random random) {
    StringBuilder mutated = new StringBuilder(text);
    int mutations = 1 + random.nextInt(4);
    for (int i = 0; i < mutations; i++) {
      int at = random.nextInt(mutated.length());
      int to = Math.min(mutated.length(), at + random.nextInt(12));
      switch (random.nextInt(4)) {
        case 0 -> mutated.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 1 -> mutated.delete(at, to);
        case 2 -> mutated.replace(at, to, PIECES[random.nextInt(PIECES.length)]);
        default -> mutated.insert(at, mutated.substring(at, to) + value(random));
      }
    }
    return mutated.toString();
  }

  private static String value(Random random) {
    return PIECES[random.nextInt(PIECES.length)] + PIECES[random.nextInt(PIECES.length)];
  }
}
