// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Where an event's time stands and how it is written.
 *
 * @param field a field of the source: TIMESTAMP, INT64 (milliseconds since the epoch) or STRING
 * @param format null: ISO-8601 for a STRING field, the number itself for the others; else a {@link
 *     java.time.format.DateTimeFormatter} pattern
 * @param zone the time zone of values that name none, an IANA id; {@code UTC} by default
 */
public record EventTime(String field, @Nullable String format, String zone)
    implements Serializable {
  public EventTime {
    requireNonNull(field, "field is null");
    requireNonNull(zone, "zone is null");
  }
}
