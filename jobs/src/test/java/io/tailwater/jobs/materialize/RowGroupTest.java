// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.materialize;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.jobs.materialize.RowGroup.Outcome;
import io.tailwater.stores.OfflineRow;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowGroupTest {
  private static final long NOW = 1_000;

  @Test
  void aNewRowIsWrittenAsOfNow() {
    Outcome outcome = outcome(queried("a"));

    assertThat(outcome.written().createdTimestamp()).isEqualTo(NOW);
    assertThat(outcome.counting()).isSameAs(outcome.written());
  }

  @Test
  void aRowThatTheTableHasIsNotWrittenAgain() {
    OfflineRow stored = stored(500, "a");

    assertThat(outcome(queried("a"), stored)).isEqualTo(new Outcome(stored, null, 1));
  }

  @Test
  void aChangedRowIsACorrectionThatIsLaterThanWhatItCorrectsWhateverTheClockSays() {
    assertThat(outcome(stored(500, "a"), queried("b")).written().createdTimestamp()).isEqualTo(NOW);
    assertThat(outcome(stored(5_000, "a"), queried("b")).written().createdTimestamp())
        .isEqualTo(5_001);
  }

  @Test
  void theLatestOfTheStoredRowsIsWhatCounts() {
    assertThat(outcome(stored(500, "a"), stored(600, "b"), queried("a")).written()).isNotNull();
    assertThat(outcome(stored(600, "b"), stored(500, "a"), queried("b")).written()).isNull();
  }

  @Test
  void ofSeveralQueriedRowsTheLeastCountsInWhateverOrderTheyCome() {
    assertThat(outcome(queried("b"), queried("a"), queried("c")).written().values())
        .containsExactly("a");
    assertThat(outcome(queried("c"), queried("b"), queried("a")).written().values())
        .containsExactly("a");
    assertThat(outcome(queried("c"), queried("b")).queried()).isEqualTo(2);
  }

  @Test
  void aStoredRowThatTheQueryDoesNotGiveAnyMoreStillCounts() {
    OfflineRow stored = stored(500, "a");

    assertThat(outcome(stored)).isEqualTo(new Outcome(stored, null, 0));
  }

  @Test
  void valuesAreComparedByTheirContent() {
    Object[] some = {new byte[] {1}, List.of(1L), Map.of("a", 1.0), null};
    Object[] same = {new byte[] {1}, List.of(1L), Map.of("a", 1.0), null};
    assertThat(SameValues.in(some, same)).isTrue();
    for (int i = 0; i < some.length; i++) {
      Object[] other = same.clone();
      other[i] = "other";
      assertThat(SameValues.in(some, other)).as("value %d", i).isFalse();
    }
  }

  private static Outcome outcome(OfflineRow... rows) {
    RowGroup group = new RowGroup(Comparator.comparing(row -> (String) row.values()[0]));
    for (OfflineRow row : rows) {
      group.add(row);
    }
    return group.outcome(NOW);
  }

  private static OfflineRow queried(String value) {
    return stored(RowGroup.QUERIED, value);
  }

  private static OfflineRow stored(long created, String value) {
    return new OfflineRow(new Object[] {1L}, 7, created, new Object[] {value});
  }
}
