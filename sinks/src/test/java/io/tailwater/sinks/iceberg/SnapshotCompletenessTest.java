// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.sinks.TestViews;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SnapshotCompletenessTest {
  private static final long SEED = 5_014;
  private static final int INSTANTS = 12;

  /** The oracle marks each instant of a short time: of incomplete rows or not. */
  @Test
  void isBehindTheLastIncompleteInstantWhateverIsReplaced() {
    Random random = new Random(SEED);
    for (int run = 0; run < 20_000; run++) {
      int table = random.nextInt(INSTANTS);
      int from = random.nextInt(INSTANTS);
      int to = from + random.nextInt(INSTANTS - from);
      int written = random.nextInt(INSTANTS);

      long after =
          SnapshotCompleteness.afterReplacement(
                  Map.of("f", (long) table), from, to, Map.of("f", (long) written))
              .getOrDefault("f", Long.MIN_VALUE);

      assertThat(Math.max(0, after))
          .as("seed %d: %d, [%d, %d] by %d", SEED, table, from, to, written)
          .isEqualTo(
              IntStream.range(0, INSTANTS)
                  .filter(i -> i >= from && i <= to ? i < written : i < table)
                  .map(i -> i + 1)
                  .max()
                  .orElse(0));
    }
  }

  @Test
  void isAlwaysOnceAllIsReplacedByCompleteRows() {
    assertThat(
            SnapshotCompleteness.afterReplacement(Map.of("f", 10L), Long.MIN_VALUE, 20, Map.of()))
        .isEmpty();
    assertThat(
            SnapshotCompleteness.afterReplacement(
                Map.of("f", Long.MAX_VALUE), Long.MIN_VALUE, 20, Map.of()))
        .containsEntry("f", Long.MAX_VALUE);
    assertThat(SnapshotCompleteness.afterReplacement(Map.of("f", 10L), 1, 0, Map.of()))
        .containsEntry("f", 10L);
  }

  @Test
  void aStreamThatKnowsLessMakesItLaterAndOneThatKnowsMoreDoesNotMakeItEarlier() {
    assertThat(
            SnapshotCompleteness.afterChange(Map.of("f", 10L, "g", 20L), Map.of("g", 15L, "h", 5L)))
        .isEqualTo(Map.of("f", 10L, "g", 20L, "h", 5L));
  }

  @Test
  void behindTheWatermarkANewStreamDecides() {
    Map<String, Long> before = Map.of("f", 10L, "g", Long.MAX_VALUE, "h", Long.MAX_VALUE);

    assertThat(SnapshotCompleteness.afterTakeover(before, OptionalLong.of(100), Map.of("h", 500L)))
        .as("rows up to the watermark are of the stream before")
        .isEqualTo(Map.of("f", 10L, "g", 101L, "h", 500L));
    assertThat(SnapshotCompleteness.afterTakeover(before, OptionalLong.empty(), Map.of()))
        .isEqualTo(before);
  }

  @Test
  void goesOnUnderANewName() {
    FeatureView view = TestViews.of("v", TestViews.renamed("g", "f", ValueType.INT64));

    assertThat(SnapshotCompleteness.renamed(Map.of("f", 10L, "other", 7L), view))
        .isEqualTo(Map.of("g", 10L, "other", 7L));
    assertThat(SnapshotCompleteness.renamed(Map.of("f", 10L, "g", 20L), view))
        .isEqualTo(Map.of("g", 20L));
  }
}
