// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.definitions.model.WatermarkPolicy;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {
  private static final long BEHIND = 1_000;
  private static final long MAX_AHEAD = 500;
  private static final long NOW = 1_000_000;
  private static final long DAY = 86_400_000;

  private final PartitionProgress progress =
      new PartitionProgress(new WatermarkPolicy(BEHIND, 30_000, 0, MAX_AHEAD));

  @BeforeEach
  void assign() {
    progress.added(0, 0);
    progress.assignmentKnown();
  }

  @Test
  void staysBehindTheNewestEventOfAPartition() {
    progress.event(0, 5_000, NOW);
    progress.event(0, 4_000, NOW);

    assertThat(progress.watermark(NOW)).isEqualTo(5_000 - BEHIND - 1);
  }

  @Test
  void waitsForEveryPartition() {
    progress.added(1, 0);
    progress.event(0, 5_000, NOW);
    assertThat(progress.watermark(NOW)).isEqualTo(PartitionProgress.NONE);

    progress.event(1, 3_000, NOW);
    assertThat(progress.watermark(NOW)).isEqualTo(3_000 - BEHIND - 1);
  }

  @Test
  void waitsUntilTheAssignmentIsKnown() {
    PartitionProgress early = new PartitionProgress(new WatermarkPolicy(BEHIND, 30_000, 0, 0));
    early.added(0, 0);
    early.event(0, 5_000, NOW);
    assertThat(early.watermark(NOW)).isEqualTo(PartitionProgress.NONE);
    assertThat(early.isIdle()).isFalse();

    early.assignmentKnown();
    assertThat(early.watermark(NOW)).isEqualTo(5_000 - BEHIND - 1);
  }

  @Test
  void leavesAPartitionOutThatWasReadToItsEnd() {
    progress.added(1, 0);
    progress.event(0, 5_000, NOW);
    progress.caughtUp(1, NOW);

    assertThat(progress.watermark(NOW)).isEqualTo(5_000 - BEHIND - 1);
  }

  @Test
  void holdsWhereTheLastConfirmationWasAndNotWhereTheClockIs() {
    progress.caughtUp(0, NOW);

    assertThat(progress.watermark(NOW + DAY)).isEqualTo(NOW - BEHIND - 1);
  }

  @Test
  void movesWithTheClockWhenAllWereReadToTheirEnds() {
    progress.added(1, 0);
    progress.event(0, NOW - 3 * DAY, NOW);
    progress.event(1, NOW - DAY, NOW);
    progress.caughtUp(0, NOW + 10);
    progress.caughtUp(1, NOW + 20);

    assertThat(progress.watermark(NOW + 30)).isEqualTo(NOW + 10 - BEHIND - 1);
  }

  @Test
  void takesAPartitionInAgainWithItsNextEvent() {
    progress.added(1, 0);
    progress.caughtUp(0, 10_000);
    progress.caughtUp(1, 10_000);
    assertThat(progress.watermark(10_000)).isEqualTo(10_000 - BEHIND - 1);

    progress.event(1, 9_500, 20_000);
    progress.caughtUp(0, 20_000);

    assertThat(progress.watermark(20_000))
        .as("never back, and no further than the partition that joined")
        .isEqualTo(10_000 - BEHIND - 1);
    progress.event(1, 15_000, 20_000);
    assertThat(progress.watermark(20_000)).isEqualTo(15_000 - BEHIND - 1);
  }

  @Test
  void ignoresWhatClaimsToBeFurtherAheadThanAllowed() {
    progress.event(0, 5_000, NOW);
    progress.event(0, NOW + MAX_AHEAD + 1, NOW);

    assertThat(progress.watermark(NOW)).isEqualTo(5_000 - BEHIND - 1);
  }

  @Test
  void neverPassesTheClock() {
    progress.event(0, NOW + MAX_AHEAD, NOW);

    assertThat(progress.watermark(NOW)).isEqualTo(NOW - BEHIND - 1);
    assertThat(progress.watermark(NOW + 100)).isEqualTo(NOW + 100 - BEHIND - 1);
    assertThat(progress.watermark(NOW + DAY)).isEqualTo(NOW + MAX_AHEAD - BEHIND - 1);
  }

  @Test
  void neverGoesBack() {
    progress.event(0, 5_000, NOW);
    assertThat(progress.watermark(NOW)).isEqualTo(5_000 - BEHIND - 1);
    progress.added(1, 0);
    progress.event(1, 1_000, NOW);

    assertThat(progress.watermark(NOW)).isEqualTo(5_000 - BEHIND - 1);
    assertThat(progress.watermark(1_500)).isEqualTo(5_000 - BEHIND - 1);
  }

  @Test
  void goesOnWithoutAFinishedPartition() {
    progress.added(1, 0);
    progress.event(0, 5_000, NOW);
    progress.finished(1);

    assertThat(progress.watermark(NOW)).isEqualTo(5_000 - BEHIND - 1);
    assertThat(progress.isIdle()).isFalse();
    progress.finished(0);
    assertThat(progress.isIdle()).isTrue();
  }

  @Test
  void refusesAnEventOfAPartitionThatItDoesNotKnow() {
    assertThatThrownBy(() -> progress.event(7, 1, NOW)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void afterHistoryNoTimePassesBeforeTheBacklogHasBeenRead() {
    PartitionProgress progress = afterHistory(Map.of(0, 10L, 1, 5L), Map.of());
    progress.added(0, 0);
    progress.added(1, 0);
    progress.assignmentKnown();
    read(progress, 0, 8, 100_000);
    read(progress, 1, 4, 200_000);
    assertThat(progress.watermark(NOW)).isEqualTo(PartitionProgress.NONE);

    read(progress, 0, 9, 150_000);

    assertThat(progress.watermark(NOW)).isEqualTo(150_000 - BEHIND - 1);
  }

  @Test
  void aRestoredStreamMayHaveReadTheBacklogBefore() {
    PartitionProgress progress = afterHistory(Map.of(0, 10L, 1, 5L), Map.of());
    progress.added(0, 10);
    progress.added(1, 4);
    progress.assignmentKnown();
    assertThat(progress.watermark(NOW)).isEqualTo(PartitionProgress.NONE);

    read(progress, 1, 4, 200_000);

    assertThat(progress.watermark(NOW)).isEqualTo(PartitionProgress.BEGUN);
  }

  @Test
  void aBacklogThatEndsInATransactionsMarkerHasBeenReadWhenTheBrokerSaysSo() {
    PartitionProgress progress = afterHistory(Map.of(0, 10L), Map.of());
    progress.added(0, 0);
    progress.assignmentKnown();
    read(progress, 0, 8, 100_000);

    progress.caughtUp(0, 300_000);

    assertThat(progress.watermark(NOW)).isEqualTo(300_000 - BEHIND - 1);
  }

  @Test
  void afterHistoryTimeHasBegunEvenIfNothingIsKnownOfIt() {
    PartitionProgress progress = afterHistory(Map.of(7, 10L), Map.of());
    progress.added(0, 0);
    progress.assignmentKnown();

    assertThat(progress.watermark(NOW))
        .as("partition 7 is another subtask's")
        .isEqualTo(PartitionProgress.BEGUN);
  }

  @Test
  void aPartitionHasComeAsFarAsItsHistory() {
    PartitionProgress progress = afterHistory(Map.of(0, 10L), Map.of(0, 90_000L, 1, 120_000L));
    progress.added(0, 0);
    progress.added(1, 0);
    progress.assignmentKnown();
    read(progress, 0, 9, 150_000);

    assertThat(progress.watermark(NOW)).isEqualTo(120_000 - BEHIND - 1);
  }

  private static PartitionProgress afterHistory(
      Map<Integer, Long> backlog, Map<Integer, Long> newest) {
    return new PartitionProgress(
        new WatermarkPolicy(BEHIND, 30_000, 0, MAX_AHEAD),
        new KafkaLocation.Seam(Map.of(), backlog, newest));
  }

  private static void read(PartitionProgress progress, int partition, long offset, long time) {
    progress.read(partition, offset);
    progress.event(partition, time, NOW);
  }
}
