// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloseAtExitTest {
  private final List<String> closed = new ArrayList<>();
  private final CloseAtExit.Services services = new CloseAtExit.Services();

  @Test
  void closesTheLastServiceFirst() {
    services.add("redis", () -> closed.add("redis"));
    services.add("kafka", () -> closed.add("kafka"));
    services.add("flink", () -> closed.add("flink"));

    services.closeAll();
    services.closeAll();

    assertThat(closed).containsExactly("flink", "kafka", "redis");
  }

  @Test
  void closesTheOthersIfOneFails() {
    services.add("redis", () -> closed.add("redis"));
    services.add(
        "flink",
        () -> {
          throw new IllegalStateException("it does not stop");
        });

    services.closeAll();

    assertThat(closed).containsExactly("redis");
  }

  @Test
  void forgetsWhatIsClosedAlready() {
    services.add("redis", () -> closed.add("redis"));
    CloseAtExit kafka = services.add("kafka", () -> closed.add("kafka"));

    services.remove(kafka);
    services.closeAll();

    assertThat(closed).containsExactly("redis");
  }
}
