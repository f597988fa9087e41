// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.definitions.model.WatermarkPolicy;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SilenceWatchTest {
  private static final long IDLE_AFTER = 1_000;
  private static final long AGAIN_AFTER = 100;
  private static final long NOW = 50_000;

  private final SilenceWatch watch =
      new SilenceWatch(new WatermarkPolicy(0, IDLE_AFTER, 0, 0), AGAIN_AFTER);

  @BeforeEach
  void assign() {
    watch.added(0, 10, NOW);
  }

  @Test
  void asksOnlyAfterASilence() {
    assertThat(watch.tick(NOW + IDLE_AFTER - 1)).isEmpty();
    assertThat(watch.tick(NOW + IDLE_AFTER)).containsExactly(Map.entry(0, 10L));
  }

  @Test
  void beginsTheSilenceAnewWithEveryEvent() {
    long heard = NOW + IDLE_AFTER / 2;
    watch.tick(heard);
    watch.read(event(12, NOW));

    assertThat(watch.tick(heard + IDLE_AFTER - 1)).isEmpty();
    assertThat(watch.tick(heard + IDLE_AFTER)).containsExactly(Map.entry(0, 13L));
  }

  @Test
  void takesNoGarbageForAnEvent() {
    watch.read(SourceElement.event(0, 11, refused()));
    watch.read(event(12, NOW + 1));

    assertThat(watch.tick(NOW + IDLE_AFTER))
        .as("refused events and those of the future move nothing")
        .containsExactly(Map.entry(0, 13L));
  }

  @Test
  void confirmsAPartitionThatStandsAtItsEnd() {
    watch.tick(NOW + IDLE_AFTER);

    assertThat(watch.answered(NOW + IDLE_AFTER, Map.of(0, 10L)))
        .containsExactly(SourceElement.caughtUp(0, NOW + IDLE_AFTER));
  }

  @Test
  void confirmsNothingWhileRecordsAreToCome() {
    watch.tick(NOW + IDLE_AFTER);

    assertThat(watch.answered(NOW + IDLE_AFTER, Map.of(0, 11L))).isEmpty();
    assertThat(watch.tick(NOW + IDLE_AFTER + 1)).as("asks again at once").isNotEmpty();
  }

  @Test
  void confirmsNothingWithoutAnAnswer() {
    watch.tick(NOW + IDLE_AFTER);

    assertThat(watch.answered(NOW + IDLE_AFTER, Map.of())).isEmpty();
  }

  @Test
  void confirmsNothingThatSpokeWhileTheQuestionWasOut() {
    watch.tick(NOW + IDLE_AFTER);
    watch.read(event(10, NOW));

    assertThat(watch.answered(NOW + IDLE_AFTER, Map.of(0, 10L))).isEmpty();
  }

  @Test
  void asksAgainEveryWhileAsLongAsTheSilenceLasts() {
    long first = NOW + IDLE_AFTER;
    watch.tick(first);
    watch.answered(first, Map.of(0, 10L));

    assertThat(watch.tick(first + AGAIN_AFTER - 1)).isEmpty();
    assertThat(watch.tick(first + AGAIN_AFTER)).containsOnlyKeys(0);
  }

  @Test
  void forgetsAFinishedPartition() {
    watch.finished(0);

    assertThat(watch.tick(NOW + IDLE_AFTER)).isEmpty();
    assertThat(watch.answered(NOW + IDLE_AFTER, Map.of(0, 0L))).isEmpty();
  }

  private static SourceElement event(long offset, long eventTime) {
    return SourceElement.event(
        0,
        offset,
        new SourceEvent(new Object[0], eventTime, new byte[0], null, null, "p", null, null));
  }

  private static SourceEvent refused() {
    return new SourceEvent(null, 0, null, "UNDECODABLE", "message", "p", null, null);
  }
}
