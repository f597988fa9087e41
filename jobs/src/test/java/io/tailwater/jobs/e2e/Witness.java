// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.oracle.NaiveViews;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.RedisReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads all vectors all the time. Each has to be what the whole log says at its as-of, or what the
 * log before its cut says, which the stream before has left there.
 */
final class Witness implements AutoCloseable {
  private final CutSetup setup;
  private final List<Map<Long, NaiveViews>> before = new ArrayList<>();
  private final List<Map<Long, NaiveViews>> after = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean stopped;
  private volatile long looks;

  /**
   * @param cuts of each copy how many lines were known before
   */
  Witness(CutSetup setup, List<Integer> cuts) {
    this.setup = setup;
    for (int i = 0; i < setup.copies(); i++) {
      before.add(setup.log().truth(setup.view(i), cuts.get(i)));
      after.add(setup.log().truth(setup.view(i), setup.log().size()));
    }
    thread = new Thread(this::watch, "witness");
    thread.start();
  }

  private void watch() {
    try (RedisReader reader = new RedisReader(setup.deployment().redisOptions())) {
      while (!stopped) {
        for (int i = 0; i < setup.copies(); i++) {
          look(reader, i);
        }
        looks++;
        LockSupport.parkNanos(1_000_000);
      }
    } catch (RuntimeException e) {
      wrong.add(e.toString());
    }
  }

  private void look(RedisReader reader, int index) {
    setup
        .online(reader, index)
        .forEach(
            (customer, vector) -> {
              if (!holds(before.get(index), customer, vector)
                  && !holds(after.get(index), customer, vector)) {
                wrong.add(
                    "copy %d, customer %d as of %d: %s"
                        .formatted(
                            index,
                            customer,
                            vector.eventTimestamp(),
                            Arrays.toString(vector.values())));
              }
            });
  }

  private static boolean holds(Map<Long, NaiveViews> truth, long customer, OnlineVector vector) {
    NaiveViews views = truth.get(customer);
    return views != null && NaiveViews.sameBits(vector.values(), views.at(vector.eventTimestamp()));
  }

  void assertNothingWrong() {
    assertThat(wrong).isEmpty();
    assertThat(looks).isPositive();
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
