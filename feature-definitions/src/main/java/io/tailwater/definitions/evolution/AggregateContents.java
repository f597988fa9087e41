// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.evolution;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.Window;
import io.tailwater.aggregation.WindowedAggregate;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Metadata;
import io.tailwater.definitions.program.LoggedColumn;
import io.tailwater.definitions.program.ViewProgram;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What decides the values of an aggregate, before its default, whatever it is called and however it
 * is written: equal ones have equal values of the same events.
 *
 * @param column what it takes of each event
 * @param by the category; null if there is one value for all events
 */
record AggregateContents(
    AggregateFunction function,
    @Nullable BigDecimal parameter,
    LoggedColumn column,
    @Nullable LoggedColumn by,
    Window window) {

  static AggregateContents of(FeatureView view, AggregateFeature feature) {
    FeatureView alone =
        new FeatureView(
            view.name(), view.entity(), view.inputs(), List.of(feature), null, Metadata.NONE);
    WindowedAggregate aggregate = ViewProgram.planOf(alone).aggregates().get(0);
    List<LoggedColumn> columns = ViewProgram.loggedColumns(alone);
    BigDecimal parameter = feature.aggregate().parameter();
    return new AggregateContents(
        feature.aggregate().function(),
        parameter == null ? null : parameter.stripTrailingZeros(),
        aggregate.column() == WindowedAggregate.NO_COLUMN
            ? LoggedColumn.everyEventOf(
                ViewProgram.loggedInputs(view).get(view.inputOf(feature.source())))
            : columns.get(aggregate.column()),
        aggregate.byColumn() == WindowedAggregate.NO_COLUMN
            ? null
            : columns.get(aggregate.byColumn()),
        feature.window());
  }

  /** What is taken of each event. */
  List<LoggedColumn> columns() {
    return by == null ? List.of(column) : List.of(column, by);
  }
}
