// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import org.jspecify.annotations.Nullable;

/**
 * Up to where a view has been copied from its offline table into Redis: every row up to {@code end}
 * that is in {@code snapshot} has been offered to the fence.
 *
 * @param end an event timestamp, in milliseconds
 * @param snapshot Iceberg's id of the table's snapshot; null if the table was empty
 */
public record MaterializedPosition(long end, @Nullable Long snapshot) {}
