// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.random;

import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Event times of one entity: gaps and bursts within a millisecond, events upon both edges of
 * windows that hold earlier ones, times truncated to midnight, and all that in order or shuffled.
 */
public final class HostileTimes {
  private final Random random;
  private final TimeScale scale;
  private final List<Long> reaches = new ArrayList<>();
  private final List<Long> past = new ArrayList<>();
  private final boolean inOrder;
  private final int spread;
  private long clock;

  public HostileTimes(Random random, TimeScale scale, AggregationPlan plan) {
    this.random = random;
    this.scale = scale;
    this.clock = scale.base();
    this.inOrder = random.nextInt(3) == 0;
    this.spread = 1 + random.nextInt(60);
    for (var aggregate : plan.aggregates()) {
      if (aggregate.window() instanceof Window.Sliding sliding) {
        reaches.add(sliding.offsetMillis());
        reaches.add(sliding.offsetMillis() + sliding.lengthMillis());
      }
    }
  }

  /** These times going on, upon the edges of another plan's windows. */
  public HostileTimes with(AggregationPlan plan) {
    HostileTimes times = new HostileTimes(random, scale, plan);
    times.past.addAll(past);
    times.clock = clock;
    return times;
  }

  public long next() {
    long gap = random.nextInt(4) == 0 ? random.nextInt(50) : random.nextInt(3);
    clock += gap * scale.unit();
    long time = candidate();
    if (inOrder && !past.isEmpty()) {
      time = Math.max(time, past.get(past.size() - 1));
    }
    clock = Math.max(clock, time);
    past.add(time);
    return time;
  }

  private long candidate() {
    long shuffled = clock - (inOrder ? 0 : random.nextInt(spread) * scale.unit());
    if (past.isEmpty()) {
      return shuffled;
    }
    long earlier = past.get(past.size() - 1 - random.nextInt(Math.min(8, past.size())));
    return switch (random.nextInt(8)) {
      case 0 -> earlier;
      case 1 -> reaches.isEmpty() ? earlier : earlier + edge();
      case 2 -> scale.truncated(shuffled);
      default -> shuffled;
    };
  }

  /** Upon the end of a window, a millisecond before or after. */
  private long edge() {
    return reaches.get(random.nextInt(reaches.size())) + random.nextInt(3) - 1;
  }

  /** The newest that the source has come to. */
  public long clock() {
    return clock;
  }
}
