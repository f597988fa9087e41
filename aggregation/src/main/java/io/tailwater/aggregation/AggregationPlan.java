// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation;

import java.io.Serializable;
import java.util.List;

/**
 * What is computed of the events of one entity: the columns that its log keeps and the aggregates
 * over its windows.
 *
 * @param columns the types of the log's columns; the values of an event come in this order
 * @param aggregates what is computed, in the order in which results are returned
 */
public record AggregationPlan(List<ValueType> columns, List<WindowedAggregate> aggregates)
    implements Serializable {
  public AggregationPlan {
    columns = List.copyOf(columns);
    aggregates = List.copyOf(aggregates);
    for (WindowedAggregate aggregate : aggregates) {
      int last = Math.max(aggregate.column(), aggregate.byColumn());
      if (last >= columns.size()) {
        throw new IllegalArgumentException(
            "%s refers to column %d of %d".formatted(aggregate.function(), last, columns.size()));
      }
    }
  }
}
