// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.WatermarkPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Knows how far each partition of a reader has been read and how long it has been silent, and turns
 * what the broker says about ends into facts. A partition is silent while no event comes of it that
 * {@link PartitionProgress} would take. No clock inside: times are milliseconds since the epoch,
 * told by the caller. Not thread-safe.
 */
final class SilenceWatch {
  private final WatermarkPolicy policy;
  private final long askAgainAfter;
  private final Map<Integer, Partition> partitions = new HashMap<>();
  private long now = Long.MIN_VALUE;

  SilenceWatch(WatermarkPolicy policy, long askAgainAfter) {
    this.policy = policy;
    this.askAgainAfter = askAgainAfter;
  }

  /** From {@code time}, the partition is read from {@code offset}; negative for its beginning. */
  void added(int partition, long offset, long time) {
    now = Math.max(now, time);
    partitions.put(partition, new Partition(offset, time));
  }

  void finished(int partition) {
    partitions.remove(partition);
  }

  /** The reader has handed the element on. */
  void read(SourceElement element) {
    Partition partition = partitions.get(element.partition());
    SourceEvent event = element.event();
    if (partition == null || event == null) {
      return;
    }
    partition.position = element.number() + 1;
    if (event.row() != null && event.eventTime() <= now + policy.maxAheadMillis()) {
      // The last tick's time: near enough, since only the broker's answer proves anything.
      partition.silentSince = now;
    }
  }

  /**
   * The time has come to {@code now}.
   *
   * @return by partition the offset that is read next, of those whose ends are to be asked for;
   *     empty if there is nothing to ask
   */
  Map<Integer, Long> tick(long time) {
    now = time;
    Map<Integer, Long> toAsk = new HashMap<>();
    partitions.forEach(
        (id, partition) -> {
          if (partition.isDue(time, policy.idleAfterMillis(), askAgainAfter)) {
            toAsk.put(id, partition.position);
          }
        });
    return toAsk;
  }

  /**
   * The broker has answered {@link EndOffsets#readToEnd}, asked at {@code asOf}.
   *
   * @return the facts that follow, about partitions that are silent still
   */
  List<SourceElement> answered(long asOf, Map<Integer, Long> ends) {
    List<SourceElement> facts = new ArrayList<>();
    ends.forEach(
        (id, end) -> {
          Partition partition = partitions.get(id);
          if (partition != null && partition.isReadTo(end, asOf, policy.idleAfterMillis())) {
            partition.confirmedAt = asOf;
            facts.add(SourceElement.caughtUp(id, asOf));
          }
        });
    return facts;
  }

  private static final class Partition {
    private long position;
    private long silentSince;
    private long confirmedAt = Long.MIN_VALUE;

    private Partition(long position, long silentSince) {
      this.position = position;
      this.silentSince = silentSince;
    }

    private boolean isDue(long time, long idleAfter, long askAgainAfter) {
      return time - silentSince >= idleAfter
          && (confirmedAt < silentSince || time - confirmedAt >= askAgainAfter);
    }

    private boolean isReadTo(long end, long asOf, long idleAfter) {
      return asOf - silentSince >= idleAfter && position >= end;
    }
  }
}
