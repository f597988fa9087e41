// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.oracle.NaiveEvent;
import io.tailwater.aggregation.oracle.NaiveViews;
import io.tailwater.definitions.program.ViewProgram;
import io.tailwater.stores.OnlineVector;
import io.tailwater.stores.redis.RedisReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
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
  private static final Comparator<OnlineVector> ORDER =
      Comparator.comparingLong(OnlineVector::eventTimestamp)
          .thenComparingLong(OnlineVector::generation)
          .thenComparingLong(OnlineVector::eventCount);

  private final CutSetup setup;
  private final long oldGeneration;
  private final Map<Long, OnlineVector> last = new HashMap<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final SortedSet<Long> generations = new ConcurrentSkipListSet<>();
  private final Thread thread;
  private volatile boolean stopped;

  GenerationWitness(CutSetup setup, long oldGeneration) {
    this.setup = setup;
    this.oldGeneration = oldGeneration;
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
    if (isNew && !isTrue(customer, vector)) {
      wrong.add("customer %d: not true: %s".formatted(customer, text(vector)));
    }
  }

  private static String text(OnlineVector vector) {
    return "(%d, %d, %d) %s"
        .formatted(
            vector.eventTimestamp(),
            vector.generation(),
            vector.eventCount(),
            Arrays.toString(vector.values()));
  }

  private boolean isTrue(long customer, OnlineVector vector) {
    List<List<CutLog.Line>> byPartition = lines(customer, vector.generation() == oldGeneration);
    for (int first = 0; first <= byPartition.get(0).size(); first++) {
      for (int second = 0; second <= byPartition.get(1).size(); second++) {
        Set<CutLog.Line> known = new HashSet<>(byPartition.get(0).subList(0, first));
        known.addAll(byPartition.get(1).subList(0, second));
        if (holds(known, vector)) {
          return true;
        }
      }
    }
    return false;
  }

  private List<List<CutLog.Line>> lines(long customer, boolean withoutTooLate) {
    List<List<CutLog.Line>> byPartition = List.of(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < setup.log().size(); i++) {
      CutLog.Line line = setup.log().lines().get(i);
      if (line.customer() == customer && !(withoutTooLate && setup.log().isTooLate(i))) {
        byPartition.get(line.partition()).add(line);
      }
    }
    return byPartition;
  }

  private boolean holds(Set<CutLog.Line> known, OnlineVector vector) {
    List<NaiveEvent> events =
        known.stream().map(line -> NaiveEvent.of(line.time(), line.amount())).toList();
    return known.size() == vector.eventCount()
        && known.stream().allMatch(line -> line.time() <= vector.eventTimestamp())
        && NaiveViews.sameBits(
            vector.values(),
            new NaiveViews(ViewProgram.planOf(setup.view(0)), events).at(vector.eventTimestamp()));
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
