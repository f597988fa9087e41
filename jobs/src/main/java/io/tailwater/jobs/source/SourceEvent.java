// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import org.jspecify.annotations.Nullable;

/**
 * One record of a source, decoded or refused. What refused it is data: the record goes on to be
 * counted and dead-lettered.
 *
 * @param row the values of the source's fields in the schema's order, of their types' Java classes;
 *     null if and only if the record is refused. Not to be changed
 * @param eventTime milliseconds since the epoch; meaningless where {@code row} is null
 * @param eventId the canonical bytes of the event id: two events have the same id if and only if
 *     these are equal; null if and only if the record is refused
 * @param errorCode the name of a {@link io.tailwater.stores.DeadLetter.Code}; null unless refused
 * @param errorMessage why it was refused; null unless refused
 * @param position where it stands: {@code topic/partition/offset}, or {@code file:line} (in a
 *     format without lines the record's number)
 * @param rawKey the Kafka record's key, or null
 * @param rawValue the original bytes; null for a Kafka tombstone, and where there are none: in
 *     Parquet and in an archive
 * @param history whether it comes from the history that a stream begins with
 */
public record SourceEvent(
    @Nullable Object @Nullable [] row,
    long eventTime,
    byte @Nullable [] eventId,
    @Nullable String errorCode,
    @Nullable String errorMessage,
    String position,
    byte @Nullable [] rawKey,
    byte @Nullable [] rawValue,
    boolean history) {
  /** An event that does not come from history. */
  public SourceEvent(
      @Nullable Object @Nullable [] row,
      long eventTime,
      byte @Nullable [] eventId,
      @Nullable String errorCode,
      @Nullable String errorMessage,
      String position,
      byte @Nullable [] rawKey,
      byte @Nullable [] rawValue) {
    this(row, eventTime, eventId, errorCode, errorMessage, position, rawKey, rawValue, false);
  }

  /** The same from history. */
  SourceEvent asHistory() {
    return new SourceEvent(
        row, eventTime, eventId, errorCode, errorMessage, position, rawKey, rawValue, true);
  }
}
