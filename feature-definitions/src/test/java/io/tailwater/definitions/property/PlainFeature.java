// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.property;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.WindowedAggregate;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A generated feature. */
sealed interface PlainFeature {
  String name();

  ValueType type();

  /** What replaces a null, or null. */
  Object defaultValue();

  /**
   * An aggregate.
   *
   * @param source the index of its source among the view's
   * @param parameter n, k or p; null where there is none
   * @param value what is aggregated; null for {@code count(*)}
   * @param by the category, a STRING; null if there is one value
   * @param where null for all events
   */
  record Aggregated(
      String name,
      int source,
      AggregateFunction function,
      BigDecimal parameter,
      Term value,
      Term by,
      Term where,
      Window window,
      Object defaultValue)
      implements PlainFeature {
    @Override
    public ValueType type() {
      ValueType one = function.resultType(value == null ? null : value.type()).orElseThrow();
      return by == null ? one : ValueType.mapOf(one);
    }

    /** A plan of this feature alone, over its value and its category. */
    AggregationPlan plan() {
      List<ValueType> columns = new ArrayList<>();
      columns.add(value == null ? ValueType.BOOL : value.type());
      columns.add(ValueType.STRING);
      boolean whole = value == null && by == null;
      return new AggregationPlan(
          columns,
          List.of(
              new WindowedAggregate(
                  value == null && by != null ? AggregateFunction.COUNT : function,
                  parameter,
                  whole ? WindowedAggregate.NO_COLUMN : 0,
                  by == null ? WindowedAggregate.NO_COLUMN : 1,
                  window)));
    }

    /** What the plan takes of a row. */
    Object[] columns(Object[] row) {
      return new Object[] {
        value == null ? Boolean.TRUE : value.of(row), by == null ? null : by.of(row)
      };
    }
  }

  /** An expression over the features before it. */
  record Derived(String name, Term value, Object defaultValue) implements PlainFeature {
    @Override
    public ValueType type() {
      return value.type();
    }
  }
}
