// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.stores.DeadLetter;
import org.jspecify.annotations.Nullable;

/**
 * From a record's values to a {@link SourceEvent}, or to a refused one where there are none; no
 * input makes it throw. The verdicts come in the order of {@link DeadLetter.Code}. Not thread-safe.
 */
public final class RowEvents {
  private final EventTimeReader eventTimes;
  private final EventIdEncoder eventIds;

  public RowEvents(EventSource source) {
    this.eventTimes = new EventTimeReader(source);
    this.eventIds = new EventIdEncoder(source);
  }

  /**
   * The event of values that are of their fields' types already.
   *
   * @param position where it stands, unique among the source's records
   * @param row the values of the source's fields, in order, of their types' Java classes
   */
  public SourceEvent event(String position, @Nullable Object[] row) {
    return event(position, null, null, () -> row);
  }

  /** Gives a record's values. */
  @FunctionalInterface
  interface Row {
    /**
     * The values of the source's fields.
     *
     * @throws RejectedException if the record is broken
     */
    @Nullable Object[] get() throws RejectedException;
  }

  /**
   * The event of a record.
   *
   * @param key the Kafka record's key; null if there is none
   * @param value the record's bytes; null if there are none
   */
  SourceEvent event(String position, byte @Nullable [] key, byte @Nullable [] value, Row row) {
    try {
      @Nullable Object[] values = values(row);
      long eventTime = eventTimes.read(values);
      byte[] eventId = eventIds.encode(values, position);
      return new SourceEvent(values, eventTime, eventId, null, null, position, key, value);
    } catch (RejectedException e) {
      return new SourceEvent(null, 0, null, e.code().name(), e.getMessage(), position, key, value);
    }
  }

  // Hostile bytes may reach a corner of a parser that nobody checks; that is the bytes' fault.
  private static @Nullable Object[] values(Row row) throws RejectedException {
    try {
      return row.get();
    } catch (RuntimeException e) {
      throw RejectedException.undecodable(
          "the decoder failed with %s: %s".formatted(e.getClass().getSimpleName(), e.getMessage()));
    }
  }
}
