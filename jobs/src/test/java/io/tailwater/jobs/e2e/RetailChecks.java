// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailwater.jobs.accounting.Verdict;
import io.tailwater.jobs.accounting.ViewAccounting;
import io.tailwater.stores.DeadLetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What became of the lines of a retail file, by an independent count. */
final class RetailChecks {
  private RetailChecks() {}

  /** Every line is read and applied, but those without a customer in the customer view. */
  static void accounting(RetailFile file, Map<String, Object> accumulators) {
    long lines = file.lines().size();
    long without = file.lines().stream().filter(line -> line.customer() == null).count();
    assertThat(ViewAccounting.of(RetailJob.SOURCE, RetailJob.CUSTOMERS, accumulators))
        .isEqualTo(expected(RetailJob.CUSTOMERS, lines, without))
        .matches(ViewAccounting::isBalanced);
    assertThat(ViewAccounting.of(RetailJob.SOURCE, RetailJob.PRODUCTS, accumulators))
        .isEqualTo(expected(RetailJob.PRODUCTS, lines, 0))
        .matches(ViewAccounting::isBalanced);
  }

  private static ViewAccounting expected(String view, long read, long malformed) {
    Map<Verdict, Long> counts = new HashMap<>();
    for (Verdict verdict : Verdict.values()) {
      counts.put(verdict, 0L);
    }
    counts.put(Verdict.MALFORMED, malformed);
    counts.put(Verdict.APPLIED, read - malformed);
    return new ViewAccounting(RetailJob.SOURCE, view, read, counts);
  }

  /** Every line without a customer, as it stands in the file, is one of the customer view. */
  static void deadLetters(RetailFile file, Deployment deployment) throws Exception {
    Map<String, String> byPosition = new HashMap<>();
    List<JsonNode> letters = DeadLetterFiles.read(deployment.deadLetters(), RetailJob.SOURCE);
    for (JsonNode letter : letters) {
      assertThat(letter.path("code").asText()).isEqualTo(DeadLetter.Code.MISSING_KEY.name());
      assertThat(letter.path("view").asText()).isEqualTo(RetailJob.CUSTOMERS);
      byPosition.put(letter.path("position").asText(), letter.path("value").asText());
    }
    Map<String, String> expected = new HashMap<>();
    for (RetailLine line : file.lines()) {
      if (line.customer() == null) {
        expected.put(file.path().getFileName() + ":" + line.number(), line.text());
      }
    }
    assertThat(expected).isNotEmpty();
    assertThat(letters).hasSize(expected.size());
    // As booleans: a failure would print both maps.
    assertThat(byPosition.equals(expected)).as("dead letters are the file's lines").isTrue();
  }
}
