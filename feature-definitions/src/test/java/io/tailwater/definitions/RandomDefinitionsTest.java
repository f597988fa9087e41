// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    "sum(",
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

  @TempDir private Path folder;

  @Test
  void neverFailsInAnyOtherWay() throws IOException {
    String definitions = Files.readString(Path.of("retail/retail.yaml"));
    String settings = Files.readString(Path.of("retail/tailwater.yaml"));
    Files.copy(Path.of("retail/order.avsc"), folder.resolve("order.avsc"));
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      Files.writeString(folder.resolve("retail.yaml"), mutate(definitions, random));
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
