// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.window;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * An event of an entity as its windows see it. Arrays belong to the event and are not changed.
 *
 * @param time event time in milliseconds since the epoch
 * @param id the canonical bytes of the event id; with the time it identifies the event
 * @param values one a column of the {@link io.tailwater.aggregation.AggregationPlan}, of its type's
 *     Java class, or null
 */
public record Event(long time, byte[] id, @Nullable Object[] values) {
  public Event {
    requireNonNull(id, "id is null");
    requireNonNull(values, "values is null");
  }
}
