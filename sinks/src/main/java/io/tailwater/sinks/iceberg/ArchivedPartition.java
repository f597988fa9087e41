// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

/**
 * What an archive holds of a partition of a topic. Times are milliseconds since the epoch.
 *
 * @param firstOffset the offset of the first event
 * @param firstTime its event time
 * @param nextOffset the offset behind the last event: every event before it that decodes is
 *     archived too, from where the stream began to archive
 * @param newestTime the newest event time that is not beyond the last time that something was
 *     archived: how far the partition had come for the stream that archived it. An event that
 *     claimed to be of later tells nothing; {@link Long#MIN_VALUE} if all do
 */
public record ArchivedPartition(
    long firstOffset, long firstTime, long nextOffset, long newestTime) {
  static ArchivedPartition of(long offset, long time, long latest) {
    return new ArchivedPartition(offset, time, offset + 1, time <= latest ? time : Long.MIN_VALUE);
  }

  ArchivedPartition and(ArchivedPartition other) {
    ArchivedPartition first = other.firstOffset < firstOffset ? other : this;
    return new ArchivedPartition(
        first.firstOffset,
        first.firstTime,
        Math.max(nextOffset, other.nextOffset),
        Math.max(newestTime, other.newestTime));
  }
}
