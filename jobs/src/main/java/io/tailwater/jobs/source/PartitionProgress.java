// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.WatermarkPolicy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far event time has come in the partitions that one subtask reads: what the watermark is,
 * given what was read and what is known of the partitions' ends. No clock inside.
 *
 * <p>A partition has come as far as its newest event; or, when it was silent and was found read to
 * its end at some instant of the clock, as far as that instant: what it brings later was not there
 * before. After history a partition has come nowhere before all has been read that it held at the
 * start. The watermark is {@code out_of_orderness} behind the partition that is furthest behind, so
 * that
 *
 * <ul>
 *   <li>a partition that is merely silent (a stalled fetch, a paused split, an unreachable broker)
 *       holds it,
 *   <li>a partition found at its end lets the others go on, and
 *   <li>when all are, the clock moves it, as far as the ends were confirmed and no further.
 * </ul>
 *
 * <p>It never goes back and never passes clock − {@code out_of_orderness}. Like Flink's own
 * generators it stays another millisecond behind, because a watermark says that no event of its own
 * instant is to come. All times are milliseconds since the epoch. Not thread-safe.
 */
final class PartitionProgress {
  /** No watermark yet: nothing is known of some partition. */
  static final long NONE = Long.MIN_VALUE;

  /**
   * The watermark when all that is known of before the start has been read, and of no time is known
   * that it has passed: the earliest that there is.
   */
  static final long BEGUN = NONE + 1;

  private final WatermarkPolicy policy;
  private final KafkaLocation.@Nullable Seam seam;

  /** By partition the offset up to which it has to be read before time passes. */
  private final Map<Integer, Long> backlog = new HashMap<>();

  private final Map<Integer, Partition> partitions = new HashMap<>();
  private boolean assignmentKnown;
  private long watermark = NONE;

  PartitionProgress(WatermarkPolicy policy) {
    this(policy, null);
  }

  /**
   * @param seam where the partitions go on after history; null without history
   */
  PartitionProgress(WatermarkPolicy policy, KafkaLocation.@Nullable Seam seam) {
    this.policy = policy;
    this.seam = seam;
    if (seam != null) {
      backlog.putAll(seam.backlog());
    }
  }

  /**
   * From here on this subtask reads {@code partition}.
   *
   * @param offset of the next record; negative for the beginning. A restored stream may have read
   *     the backlog before
   */
  void added(int partition, long offset) {
    read(partition, offset - 1);
    long newest = seam == null ? NONE : seam.newest().getOrDefault(partition, NONE);
    partitions.putIfAbsent(partition, new Partition(newest));
  }

  /** Nothing more comes of {@code partition}. */
  void finished(int partition) {
    partitions.remove(partition);
    backlog.remove(partition);
  }

  /** A record was read, whatever it holds. */
  void read(int partition, long offset) {
    if (!backlog.isEmpty() && offset + 1 >= backlog.getOrDefault(partition, Long.MAX_VALUE)) {
      backlog.remove(partition);
    }
  }

  /** The partitions that exist have found their subtasks; before, others may still be added. */
  void assignmentKnown() {
    assignmentKnown = true;
  }

  /**
   * An event was read. One from beyond {@code max_ahead} of the clock proves nothing and moves
   * nothing; any other ends the partition's silence.
   */
  void event(int partition, long eventTime, long now) {
    Partition owner = partitions.get(partition);
    if (owner == null) {
      throw new IllegalStateException(
          "event of partition %d before the partition".formatted(partition));
    }
    if (eventTime <= now + policy.maxAheadMillis()) {
      owner.newest = Math.max(owner.newest, eventTime);
      owner.caughtUpAt = NONE;
    }
  }

  /** All that {@code partition}, silent, held at the instant {@code asOf} has been read. */
  void caughtUp(int partition, long asOf) {
    Partition owner = partitions.get(partition);
    backlog.remove(partition);
    if (owner != null) {
      owner.caughtUpAt = Math.max(owner.caughtUpAt, asOf);
    }
  }

  /** Whether this subtask has no partition and is not about to get one. */
  boolean isIdle() {
    return assignmentKnown && partitions.isEmpty();
  }

  /** The watermark at the clock's instant {@code now}, never less than before; or {@link #NONE}. */
  long watermark(long now) {
    if (!assignmentKnown || partitions.isEmpty() || hasBacklog()) {
      return watermark;
    }
    long furthestBehind = now;
    for (Partition partition : partitions.values()) {
      furthestBehind = Math.min(furthestBehind, partition.progress());
    }
    if (furthestBehind != NONE) {
      watermark = Math.max(watermark, furthestBehind - policy.outOfOrdernessMillis() - 1);
    } else if (seam != null) {
      watermark = Math.max(watermark, BEGUN);
    }
    return watermark;
  }

  private boolean hasBacklog() {
    return !backlog.isEmpty() && partitions.keySet().stream().anyMatch(backlog::containsKey);
  }

  private static final class Partition {
    private long newest;
    private long caughtUpAt = NONE;

    private Partition(long newest) {
      this.newest = newest;
    }

    private long progress() {
      return Math.max(newest, caughtUpAt);
    }
  }
}
