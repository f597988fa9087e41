// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import io.tailwater.stores.DeadLetter;
import org.jspecify.annotations.Nullable;

/**
 * From a record's bytes to a {@link SourceEvent}, decoded or refused; no input makes it throw. The
 * verdicts come in the order of {@link DeadLetter.Code}. Not thread-safe.
 */
final class EventDecoder {
  private final RowDecoder rows;
  private final EventTimeReader eventTimes;
  private final EventIdEncoder eventIds;

  EventDecoder(EventSource source, RowDecoder rows) {
    this.rows = rows;
    this.eventTimes = new EventTimeReader(source);
    this.eventIds = new EventIdEncoder(source);
  }

  /**
   * Decodes a record.
   *
   * @param key the Kafka record's key; null if there is none
   * @param value null for a Kafka tombstone, which no source takes for an event
   */
  SourceEvent decode(String position, byte @Nullable [] key, byte @Nullable [] value) {
    try {
      if (value == null) {
        throw RejectedException.undecodable("found a null value, expected an event");
      }
      @Nullable Object[] row = decodeRow(value);
      long eventTime = eventTimes.read(row);
      byte[] eventId = eventIds.encode(row, position);
      return new SourceEvent(row, eventTime, eventId, null, null, position, key, value);
    } catch (RejectedException e) {
      return new SourceEvent(null, 0, null, e.code().name(), e.getMessage(), position, key, value);
    }
  }

  // Hostile bytes may reach a corner of a parser that nobody checks; that is the bytes' fault.
  private @Nullable Object[] decodeRow(byte[] value) throws RejectedException {
    try {
      return rows.decode(value);
    } catch (RuntimeException e) {
      throw RejectedException.undecodable(
          "the decoder failed with %s: %s".formatted(e.getClass().getSimpleName(), e.getMessage()));
    }
  }
}
