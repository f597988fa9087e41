// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OnlineAnswerTest {
  @Test
  void saysWhichValuesAreNotOfAllEventsYet() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("count_1h", 1L);
    values.put("sum_30d", 2.5);
    values.put("lifetime", 9L);
    OnlineAnswer answer =
        new OnlineAnswer(
            "spend", values, Map.of("sum_30d", 200L, "lifetime", Long.MAX_VALUE), null);

    assertThat(answer.lines())
        .containsExactly(
            "spend, computed on read",
            "  count_1h  1",
            "  sum_30d   2.5  (not of all events: complete from 1970-01-01T00:00:00.200Z)",
            "  lifetime  9  (not of all events: complete never)");
    assertThat(answer.json().get("complete_from"))
        .isEqualTo(Map.of("sum_30d", "1970-01-01T00:00:00.200Z", "lifetime", "never"));
  }
}
