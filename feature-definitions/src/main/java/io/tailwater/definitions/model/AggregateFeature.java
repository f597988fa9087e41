// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate over a window of the entity's events.
 *
 * @param name unique in the view
 * @param function the aggregate
 * @param input what is aggregated, over the source's {@linkplain EventSource#row() row}; null for
 *     {@code count(*)} and only for it
 * @param where the events that count, a BOOL expression over the source's row, beside the view's
 *     own; null for all
 * @param window the events that count, by time
 * @param type the type of the values
 * @param defaultValue what replaces a null; null if nothing does
 * @param description for people; may be empty
 */
public record AggregateFeature(
    String name,
    AggregateFunction function,
    @Nullable Expression input,
    @Nullable Expression where,
    Window window,
    ValueType type,
    @Nullable Object defaultValue,
    String description)
    implements Feature {
  public AggregateFeature {
    requireNonNull(name, "name is null");
    requireNonNull(function, "function is null");
    requireNonNull(window, "window is null");
    requireNonNull(type, "type is null");
    requireNonNull(description, "description is null");
    if ((function == AggregateFunction.COUNT_ALL) != (input == null)) {
      throw new IllegalArgumentException("%s with input %s".formatted(function, input));
    }
  }
}
