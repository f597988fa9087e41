// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WindowSetTest {
  @Test
  void readsHoursAndDays() {
    WindowSet windows = WindowSet.parse("36h,30d");
    assertThat(windows.lengths()).containsExactly(Duration.ofHours(36), Duration.ofDays(30));
    assertThat(windows.longest()).isEqualTo(Duration.ofDays(30));
    assertThat(windows.label()).isEqualTo("36h+30d");
  }

  @Test
  void refusesOtherLengths() {
    for (String wrong : new String[] {"", "30", "30d,", "0d", "5m"}) {
      assertThatThrownBy(() -> WindowSet.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected lengths as in");
    }
  }
}
