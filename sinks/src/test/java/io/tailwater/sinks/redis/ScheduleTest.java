// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private final ManualTime time = new ManualTime();
  private final List<Long> runs = new ArrayList<>();
  private final long start = time.getCurrentProcessingTime();
  private final Schedule schedule = new Schedule(time, 10, () -> runs.add(now()));

  @Test
  void runsAtOnceAfterAPause() throws Exception {
    schedule.request();
    time.advance(10);
    schedule.request();
    assertThat(runs).containsExactly(0L, 10L);
  }

  @Test
  void runsOnceForAllRequestsWithinTheInterval() throws Exception {
    schedule.request();
    time.advance(3);
    schedule.request();
    schedule.request();
    time.advance(6);
    schedule.request();
    assertThat(runs).containsExactly(0L);
    time.advance(1);
    assertThat(runs).containsExactly(0L, 10L);
    time.advance(100);
    assertThat(runs).containsExactly(0L, 10L);
  }

  @Test
  void runsWhateverTheIntervalWhenTold() throws Exception {
    schedule.request();
    time.advance(3);
    schedule.runNow();
    time.advance(7);
    schedule.request();
    assertThat(runs).containsExactly(0L, 3L);
    time.advance(3);
    assertThat(runs).containsExactly(0L, 3L, 13L);
  }

  private long now() {
    return time.getCurrentProcessingTime() - start;
  }
}
