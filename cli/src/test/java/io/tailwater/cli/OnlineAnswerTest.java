// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.stores.OnlineVector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OnlineAnswerTest {
  private static final OnlineAnswer ANSWER =
      new OnlineAnswer(
          "spend",
          List.of("count_1h", "sum_30d", "lifetime"),
          new OnlineVector(
              new Object[] {1L},
              40,
              OnlineVector.FOREVER,
              7,
              1,
              new Object[] {1L, 2.5, 9L},
              new long[] {50, 200, OnlineVector.FOREVER}),
          null);

  @Test
  void saysWhichValuesAreNotOfAllEventsYet() {
    assertThat(ANSWER.lines(49))
        .containsExactly(
            "spend as of 1970-01-01T00:00:00.040Z",
            "  count_1h  1  (not of all events: complete from 1970-01-01T00:00:00.050Z)",
            "  sum_30d   2.5  (not of all events: complete from 1970-01-01T00:00:00.200Z)",
            "  lifetime  9  (not of all events: complete never)");
    assertThat(ANSWER.json(49).get("complete_from"))
        .isEqualTo(
            nullable(
                "count_1h", "1970-01-01T00:00:00.050Z", "sum_30d", "1970-01-01T00:00:00.200Z"));
  }

  @Test
  void doesNotOnceWhatIsNotKnownHasLeftTheWindow() {
    assertThat(ANSWER.lines(50)).contains("  count_1h  1");
    assertThat(ANSWER.json(200).get("complete_from")).isEqualTo(nullable());
  }

  /** With null for what is never complete. */
  private static Map<String, Object> nullable(String... entries) {
    Map<String, Object> map = new HashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put(entries[i], entries[i + 1]);
    }
    map.put("lifetime", null);
    return map;
  }
}
