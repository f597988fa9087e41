// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisConnectionException;

class PatienceTest {
  private final JedisConnectionException failure =
      new JedisConnectionException("Connection refused");

  private final ManualPauses pauses = new ManualPauses();

  @Test
  void pausesLongerAndLongerUpToALimit() throws InterruptedException {
    Patience patience = patience(Duration.ofMinutes(5));
    for (int i = 0; i < 20; i++) {
      patience.pause(failure);
    }
    long longest = 20;
    for (long pause : pauses.pauses) {
      assertThat(pause).isBetween(millis(longest) / 2, millis(longest));
      longest = Math.min(2 * longest, 2_000);
    }
  }

  @Test
  void givesUpWhenTheTimeIsOverAndSaysWhatHappened() {
    Patience patience = patience(Duration.ofSeconds(3));
    assertThatThrownBy(
            () -> {
              while (true) {
                patience.pause(failure);
              }
            })
        .isInstanceOf(RedisWriteException.class)
        .hasMessageContaining("Redis at redis.example:6379 failed")
        .hasMessageContaining("for PT3S")
        .hasMessageContaining("Connection refused")
        .hasCause(failure);
    assertThat(pauses.pauses.stream().mapToLong(Long::longValue).sum()).isEqualTo(millis(3_000));
  }

  @Test
  void startsAnewAfterASuccess() throws InterruptedException {
    Patience patience = patience(Duration.ofSeconds(3));
    patience.pause(failure);
    patience.restore();
    pauses.advance(millis(60_000));
    patience.pause(failure);
    assertThat(pauses.pauses).hasSize(2).allSatisfy(p -> assertThat(p).isLessThan(millis(21)));
  }

  private Patience patience(Duration giveUpAfter) {
    return new Patience(RedisEndpoint.of("redis.example", 6379), giveUpAfter, pauses);
  }

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
