// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores;

import org.jspecify.annotations.Nullable;

/**
 * An event that was not applied, and why.
 *
 * <p>A public record of simple types, so that Flink serializes it without Kryo; it tolerates nulls.
 *
 * @param source the source's name
 * @param view the view that refused it; null if the bytes did not decode, which concerns all
 * @param code the reason, one of {@link Code}'s names
 * @param message the reason in words, with field, found and expected
 * @param position where it stands: {@code topic/partition/offset}, or {@code file:line}
 * @param eventTime the event's time in milliseconds; null where none could be read
 * @param rejectedAt the clock when it was refused, in milliseconds
 * @param key the Kafka record's key; null if there is none
 * @param value the original bytes; null for a Kafka tombstone
 */
public record DeadLetter(
    String source,
    @Nullable String view,
    String code,
    String message,
    String position,
    @Nullable Long eventTime,
    long rejectedAt,
    byte @Nullable [] key,
    byte @Nullable [] value) {

  /** Why an event was not applied; in the order in which the checks run. */
  public enum Code {
    /** The writer's schema, which the record names, is not known. */
    UNKNOWN_SCHEMA,
    /** The writer's schema does not have the source's fields, or not of their types. */
    INCOMPATIBLE_SCHEMA,
    /** The bytes do not decode by the schema; or not even a schema's name before them does. */
    UNDECODABLE,
    /** A required field is missing, or a number is not finite where the schema forbids it. */
    SCHEMA_VIOLATION,
    /** The event has no usable event time. */
    BAD_EVENT_TIME,
    /** A component of the event id is missing. */
    MISSING_EVENT_ID,
    /** A component of the entity key is missing. */
    MISSING_KEY,
    /** Further beyond the clock than {@code max_ahead}. */
    FUTURE,
    /** Further behind the watermark than {@code allowed_lateness}. */
    TOO_LATE,
    /** The same entity, event id and time as another event, with other content. */
    CONFLICTING_DUPLICATE
  }
}
