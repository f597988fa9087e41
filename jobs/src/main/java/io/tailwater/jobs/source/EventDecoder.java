// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.definitions.model.EventSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * From a record's bytes to a {@link SourceEvent}, decoded or refused; no input makes it throw. Not
 * thread-safe.
 */
final class EventDecoder {
  private final RowDecoder rows;
  private final RowEvents events;

  EventDecoder(EventSource source, RowDecoder rows) {
    this.rows = rows;
    this.events = new RowEvents(source);
  }

  /**
   * Decodes a record.
   *
   * @param key the Kafka record's key; null if there is none
   * @param value null for a Kafka tombstone, which no source takes for an event
   * @throws IOException if what decoding it needs cannot be had now
   */
  SourceEvent decode(String position, byte @Nullable [] key, byte @Nullable [] value)
      throws IOException {
    if (value != null) {
      rows.prepare(value);
    }
    return events.event(position, key, value, () -> decodeValue(value));
  }

  private @Nullable Object[] decodeValue(byte @Nullable [] value) throws RejectedException {
    if (value == null) {
      throw RejectedException.undecodable("found a null value, expected an event");
    }
    return rows.decode(value);
  }
}
