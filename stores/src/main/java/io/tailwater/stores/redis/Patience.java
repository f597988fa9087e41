// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Exponential back-off with jitter between failures in a row, and an end to it.
 *
 * <p>The pause before retry n is random between half and all of min(20 ms · 2ⁿ, 2 s). The time
 * after which to give up counts from the first failure since the last {@linkplain #restore
 * success}. Not thread-safe.
 */
final class Patience {
  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final int MAX_DOUBLINGS = 10;

  private final RedisEndpoint endpoint;
  private final Duration giveUpAfter;
  private final Pauses pauses;
  private final SplittableRandom random = new SplittableRandom();
  private int failures;
  private long failingSince;

  Patience(RedisEndpoint endpoint, Duration giveUpAfter, Pauses pauses) {
    this.endpoint = endpoint;
    this.giveUpAfter = giveUpAfter;
    this.pauses = pauses;
  }

  /** Forgets the failures: something succeeded. */
  void restore() {
    if (failures > 0) {
      LOG.info("Redis at {} answers again after {} failures", endpoint, failures);
    }
    failures = 0;
  }

  /**
   * Waits before the next try.
   *
   * @throws RedisWriteException if the time is over
   */
  void pause(JedisException failure) throws InterruptedException {
    long now = pauses.nanoTime();
    if (failures == 0) {
      failingSince = now;
      LOG.warn("Redis at {} fails, trying again for up to {}", endpoint, giveUpAfter, failure);
    }
    failures++;
    long left = giveUpAfter.toNanos() - (now - failingSince);
    if (left <= 0) {
      throw new RedisWriteException(
          "Redis at %s failed %d times in a row for %s; last: %s"
              .formatted(
                  endpoint, failures, Duration.ofNanos(now - failingSince), failure.getMessage()),
          failure);
    }
    pauses.pause(Math.min(left, nextPause()));
  }

  private long nextPause() {
    int doublings = Math.min(failures - 1, MAX_DOUBLINGS);
    long longest = Math.min(FIRST_PAUSE_NANOS << doublings, LONGEST_PAUSE_NANOS);
    return random.nextLong(longest / 2, longest + 1);
  }
}
