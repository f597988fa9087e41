// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import io.tailwater.stores.OnlineVector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The way of a job's writes to the store, at its worst: they arrive in any order, some more than
 * once, some long after the job that sent them has crashed. Only a flush is reliable: after it,
 * every write has arrived at least once.
 */
final class SimulatedNetwork {
  private final Random random;
  private final List<OnlineVector> unacknowledged = new ArrayList<>();
  private final List<OnlineVector> stragglers = new ArrayList<>();
  private final List<OnlineVector> arrived = new ArrayList<>();

  SimulatedNetwork(Random random) {
    this.random = random;
  }

  void send(OnlineVector vector) {
    unacknowledged.add(vector);
    for (int i = random.nextInt(3); i > 0; i--) {
      deliverOne();
    }
  }

  /** A write of a job that nobody waits for: it arrives at any time. */
  void sendAstray(OnlineVector vector) {
    stragglers.add(vector);
  }

  void flush() {
    while (!unacknowledged.isEmpty()) {
      arrive(takeAny(unacknowledged));
    }
  }

  /** Of what was not acknowledged, some is lost and some arrives at any time. */
  void crash() {
    for (OnlineVector vector : unacknowledged) {
      if (random.nextBoolean()) {
        stragglers.add(vector);
      }
    }
    unacknowledged.clear();
  }

  /** What has arrived, in order, when nothing is under way any more. */
  List<OnlineVector> settle() {
    flush();
    Collections.shuffle(stragglers, random);
    arrived.addAll(stragglers);
    stragglers.clear();
    return arrived;
  }

  private void deliverOne() {
    boolean astray = !stragglers.isEmpty() && random.nextBoolean();
    List<OnlineVector> from = astray ? stragglers : unacknowledged;
    if (!from.isEmpty()) {
      arrive(takeAny(from));
    }
  }

  private void arrive(OnlineVector vector) {
    arrived.add(vector);
    boolean acknowledgementLost = random.nextInt(4) == 0;
    if (acknowledgementLost) {
      stragglers.add(vector);
    }
  }

  private OnlineVector takeAny(List<OnlineVector> vectors) {
    return vectors.remove(random.nextInt(vectors.size()));
  }
}
