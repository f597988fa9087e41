// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.RedisReader;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads the vectors of two generations of a stream all the time. None goes back in the order
 * (as-of, generation, events), and each is what the first lines of both partitions say at its
 * as-of, as many as it counts: those of the old generation without what came too late for it, those
 * of the new one with it.
 */
final class GenerationWitness implements AutoCloseable {
  static final Comparator<OnlineVector> ORDER =
      Comparator.comparingLong(OnlineVector::eventTimestamp)
          .thenComparingLong(OnlineVector::generation)
          .thenComparingLong(OnlineVector::eventCount);

  private final CutSetup setup;
  private final long oldGeneration;
  private final PrefixTruth truth;
  private final Map<Long, OnlineVector> last = new HashMap<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final SortedSet<Long> generations = new ConcurrentSkipListSet<>();
  private final Thread thread;
  private volatile boolean stopped;

  GenerationWitness(CutSetup setup, long oldGeneration) {
    this.setup = setup;
    this.oldGeneration = oldGeneration;
    this.truth = new PrefixTruth(setup.log(), setup.view(0));
    thread = new Thread(this::watch, "witness");
    thread.start();
  }

  private void watch() {
    try (RedisReader reader = new RedisReader(setup.deployment().redisOptions())) {
      while (!stopped) {
        setup.online(reader, 0).forEach(this::look);
        LockSupport.parkNanos(1_000_000);
      }
    } catch (RuntimeException e) {
      wrong.add(e.toString());
    }
  }

  private void look(long customer, OnlineVector vector) {
    OnlineVector before = last.put(customer, vector);
    if (before != null && ORDER.compare(before, vector) > 0) {
      wrong.add("went back from %s to %s".formatted(text(before), text(vector)));
    }
    boolean isNew = before == null || ORDER.compare(before, vector) != 0;
    generations.add(vector.generation());
    if (isNew && !truth.holds(customer, vector, vector.generation() == oldGeneration)) {
      wrong.add("customer %d: not true: %s".formatted(customer, text(vector)));
    }
  }

  static String text(OnlineVector vector) {
    return "(%d, %d, %d) %s"
        .formatted(
            vector.eventTimestamp(),
            vector.generation(),
            vector.eventCount(),
            Arrays.toString(vector.values()));
  }

  /** The generations that were seen. */
  SortedSet<Long> generations() {
    return new TreeSet<>(generations);
  }

  void assertNothingWrong() {
    assertThat(wrong).isEmpty();
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
