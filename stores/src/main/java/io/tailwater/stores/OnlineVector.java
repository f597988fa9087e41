// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores;

/**
 * An entity's features as the online store holds them.
 *
 * <p>Writes are ordered by (eventTimestamp, generation, eventCount): the fence of the store refuses
 * a smaller triple and takes an equal one. Arrays are owned by the vector: neither the producer nor
 * a reader changes them.
 *
 * @param key the join keys' values in the entity's order, of their types' Java classes; none null
 * @param eventTimestamp as of when, milliseconds since the epoch; never goes back for an entity
 * @param validUntil the next instant at which the vector steps without a new event, in
 *     milliseconds; {@link #FOREVER} if it does not
 * @param generation the start time, in milliseconds, of the stream that started without restored
 *     state; 0 for a backfill
 * @param eventCount the number of distinct events of the entity that were applied
 * @param values one a feature in the view's order, of its type's Java class, or null
 * @param completeFrom of each value the first instant, in milliseconds, at which all events that
 *     count for it are known to the stream; {@link #FOREVER} if it never is. Empty if all values
 *     are fully known
 */
public record OnlineVector(
    Object[] key,
    long eventTimestamp,
    long validUntil,
    long generation,
    long eventCount,
    Object[] values,
    long[] completeFrom) {
  /** The {@code validUntil} of a vector that stays as it is. */
  public static final long FOREVER = Long.MAX_VALUE;

  /** The {@code completeFrom} of a vector that is fully known. */
  public static final long[] COMPLETE = {};

  /** A vector that is fully known. */
  public OnlineVector(
      Object[] key,
      long eventTimestamp,
      long validUntil,
      long generation,
      long eventCount,
      Object[] values) {
    this(key, eventTimestamp, validUntil, generation, eventCount, values, COMPLETE);
  }
}
