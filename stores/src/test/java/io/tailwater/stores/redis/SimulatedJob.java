// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A job that reads partitions, each in its order but one before the other at random, and writes a
 * vector for each event and at each step that the watermark reaches. It crashes now and then, goes
 * back to its last checkpoint, and reads on in another order.
 */
final class SimulatedJob {
  private static final int MAX_CRASHES = 3;

  /** What the job writes beside the values: how it counts, and where the writes go. */
  interface Output {
    /** Sends the vector of what was applied, when the watermark is there. */
    void write(Map<Integer, SimulatedEvent> applied, long watermark, long writes);

    /** Returns when everything sent has arrived. */
    void flush();

    /** Forgets what has not arrived. */
    void crash();
  }

  private record State(
      Map<Integer, SimulatedEvent> applied, int[] positions, long watermark, long writes) {
    State copy() {
      return new State(new LinkedHashMap<>(applied), positions.clone(), watermark, writes);
    }
  }

  private final Random random;
  private final List<List<SimulatedEvent>> partitions;
  private final long end;
  private final Output output;
  private State state;
  private State checkpoint;
  private int crashes;

  SimulatedJob(Random random, List<List<SimulatedEvent>> partitions, long end, Output output) {
    this.random = random;
    this.partitions = partitions;
    this.end = end;
    this.output = output;
    this.state = new State(new LinkedHashMap<>(), new int[partitions.size()], Long.MIN_VALUE, 0);
    this.checkpoint = state.copy();
  }

  /** Reads everything, and lets the watermark reach the end. */
  void run() {
    while (!unreadPartitions().isEmpty()) {
      switch (random.nextInt(10)) {
        case 0 -> crash();
        case 1 -> takeCheckpoint();
        case 2 -> advanceTo(random.nextLong(end));
        case 3 -> advanceTo(end);
        default -> applyNext();
      }
    }
    advanceTo(end);
    output.flush();
  }

  private void applyNext() {
    List<Integer> unread = unreadPartitions();
    int partition = unread.get(random.nextInt(unread.size()));
    SimulatedEvent event = partitions.get(partition).get(state.positions[partition]++);
    if (state.applied.putIfAbsent(event.id(), event) == null) {
      emit(state.watermark);
    }
  }

  private void advanceTo(long watermark) {
    long before = state.watermark;
    if (watermark <= before) {
      return;
    }
    state = new State(state.applied, state.positions, watermark, state.writes);
    SimulatedView.steps(state.applied.values())
        .filter(step -> before < step && step <= watermark)
        .forEach(this::emit);
  }

  private void emit(long watermark) {
    state = new State(state.applied, state.positions, state.watermark, state.writes + 1);
    output.write(state.applied, watermark, state.writes);
  }

  private void takeCheckpoint() {
    output.flush();
    checkpoint = state.copy();
  }

  /** Flink does not checkpoint watermarks: a restored job may start without one. */
  private void crash() {
    if (crashes == MAX_CRASHES) {
      return;
    }
    crashes++;
    output.crash();
    State restored = checkpoint.copy();
    long watermark = random.nextBoolean() ? restored.watermark : Long.MIN_VALUE;
    state = new State(restored.applied, restored.positions, watermark, restored.writes);
  }

  private List<Integer> unreadPartitions() {
    return IntStream.range(0, partitions.size())
        .filter(i -> state.positions[i] < partitions.get(i).size())
        .boxed()
        .toList();
  }
}
