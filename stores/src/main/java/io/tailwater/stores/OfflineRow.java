// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores;

/**
 * One row of a view's offline table: an entity's features from one instant until its next row.
 *
 * <p>Arrays are owned by the row: neither the producer nor a reader changes them.
 *
 * @param key the join keys' values in the entity's order, of their types' Java classes; none null
 * @param eventTimestamp the instant from which the values hold, milliseconds since the epoch
 * @param createdTimestamp when the row was made, in milliseconds; of rows with the same key and
 *     event timestamp the latest one counts
 * @param values one a feature in the view's order, of its type's Java class, or null
 */
public record OfflineRow(
    Object[] key, long eventTimestamp, long createdTimestamp, Object[] values) {}
