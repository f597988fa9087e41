// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import io.tailwater.stores.OnlineVector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One entity, the job that computes it, perhaps a forgotten older job with wrong values, and a bad
 * network.
 *
 * @param seed what everything random comes from
 * @param right the vector that the store must end with
 * @param arrived the writes in the order in which they reach the store
 */
record SimulatedCase(long seed, OnlineVector right, List<OnlineVector> arrived) {
  private static final long GENERATION = 7;
  private static final long LONGEST_TIME = 300;

  /** What the third number of the fence's order counts. */
  enum Counting {
    /** The distinct events applied: a function of their set. */
    EVENTS,
    /** The writes of the job, as its checkpoint knows them: what one must not do. */
    WRITES
  }

  static SimulatedCase of(long seed, long key, Counting counting) {
    Random random = new Random(seed);
    List<List<SimulatedEvent>> partitions = randomPartitions(random);
    List<SimulatedEvent> events = partitions.stream().flatMap(List::stream).distinct().toList();
    long end = random.nextLong(1, LONGEST_TIME + 2 * SimulatedView.WINDOW);
    SimulatedNetwork network = new SimulatedNetwork(random);
    if (random.nextBoolean()) {
      new SimulatedJob(random, partitions, end, new OlderJob(key, network)).run();
    }
    new SimulatedJob(random, partitions, end, new CurrentJob(key, network, counting)).run();
    OnlineVector right = SimulatedView.vector(key, events, end, GENERATION, events.size());
    return new SimulatedCase(seed, right, network.settle());
  }

  /** Out of order, with events at the same instant and duplicates. */
  private static List<List<SimulatedEvent>> randomPartitions(Random random) {
    List<List<SimulatedEvent>> partitions = new ArrayList<>();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      partitions.add(new ArrayList<>());
    }
    for (int id = random.nextInt(8); id >= 0; id--) {
      SimulatedEvent event =
          new SimulatedEvent(
              id, random.nextLong(LONGEST_TIME / 10) * 10, random.nextLong(1, 1_000));
      List<SimulatedEvent> partition = partitions.get(random.nextInt(partitions.size()));
      for (int copies = random.nextInt(4) == 0 ? 2 : 1; copies > 0; copies--) {
        partition.add(event);
      }
    }
    partitions.forEach(partition -> Collections.shuffle(partition, random));
    return partitions;
  }

  /** The job whose vector must win. */
  private record CurrentJob(long key, SimulatedNetwork network, Counting counting)
      implements SimulatedJob.Output {
    @Override
    public void write(Map<Integer, SimulatedEvent> applied, long watermark, long writes) {
      long count = counting == Counting.EVENTS ? applied.size() : writes;
      network.send(SimulatedView.vector(key, applied.values(), watermark, GENERATION, count));
    }

    @Override
    public void flush() {
      network.flush();
    }

    @Override
    public void crash() {
      network.crash();
    }
  }

  /**
   * A job of an older generation that counted duplicates, which the current one was started to
   * heal, and that someone forgot to stop.
   */
  private record OlderJob(long key, SimulatedNetwork network) implements SimulatedJob.Output {
    private static final long WRONG = 1_000_000;

    @Override
    public void write(Map<Integer, SimulatedEvent> applied, long watermark, long writes) {
      OnlineVector vector =
          SimulatedView.vector(
              key, applied.values(), watermark, GENERATION - 1, applied.size() + 5);
      network.sendAstray(
          new OnlineVector(
              vector.key(),
              vector.eventTimestamp(),
              vector.validUntil(),
              vector.generation(),
              vector.eventCount(),
              new Object[] {WRONG, WRONG}));
    }

    @Override
    public void flush() {}

    @Override
    public void crash() {}
  }
}
