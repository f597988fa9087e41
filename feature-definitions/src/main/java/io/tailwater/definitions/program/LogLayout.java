// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.WindowedAggregate;
import io.tailwater.definitions.model.Aggregate;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which columns the log of a view has and which aggregates are computed of them, each once however
 * many features share it. The columns are those of all inputs, one behind the other.
 */
final class LogLayout {
  /**
   * How a column is filled.
   *
   * @param value null for the mark
   * @param where null for always
   * @param features who use it
   */
  record Filling(@Nullable Expression value, @Nullable Expression where, List<String> features) {}

  private final FeatureView view;
  private final Map<LogColumn, Filling> columns = new LinkedHashMap<>();
  private final List<WindowedAggregate> aggregates = new ArrayList<>();
  private final Map<String, Integer> aggregateOfFeature = new LinkedHashMap<>();

  LogLayout(FeatureView view) {
    this.view = view;
    view.features().stream()
        .filter(AggregateFeature.class::isInstance)
        .map(AggregateFeature.class::cast)
        .forEach(this::add);
  }

  /** The distinct columns, in order. */
  Map<LogColumn, Filling> columns() {
    return columns;
  }

  AggregationPlan plan() {
    List<ValueType> types = columns.keySet().stream().map(LogColumn::type).toList();
    return new AggregationPlan(types, aggregates);
  }

  /** The index in the plan of the aggregate that is the feature's value. */
  int aggregateOf(String feature) {
    Integer index = aggregateOfFeature.get(feature);
    if (index == null) {
      throw new IllegalArgumentException("'%s' is no aggregate feature".formatted(feature));
    }
    return index;
  }

  private void add(AggregateFeature feature) {
    Aggregate definition = feature.aggregate();
    WindowedAggregate aggregate =
        countsEveryEvent(feature)
            ? new WindowedAggregate(
                AggregateFunction.COUNT_ALL,
                null,
                WindowedAggregate.NO_COLUMN,
                WindowedAggregate.NO_COLUMN,
                feature.window())
            : new WindowedAggregate(
                overMarks(definition.function()),
                definition.parameter(),
                column(feature, definition.input(), isCount(definition.function())),
                definition.by() == null
                    ? WindowedAggregate.NO_COLUMN
                    : column(feature, definition.by(), false),
                feature.window());
    if (!aggregates.contains(aggregate)) {
      aggregates.add(aggregate);
    }
    aggregateOfFeature.put(feature.name(), aggregates.indexOf(aggregate));
  }

  /** What each column holds, in a form that can be compared with other definitions' columns. */
  List<LoggedColumn> logged() {
    List<LoggedInput> inputs = ViewProgram.loggedInputs(view);
    List<RowNames> names =
        view.inputs().stream().map(input -> new RowNames(input.source())).toList();
    List<LoggedColumn> logged = new ArrayList<>();
    columns.forEach(
        (column, filling) -> {
          RowNames row = names.get(column.input());
          Map<String, ValueType> fields = new TreeMap<>();
          logged.add(
              new LoggedColumn(
                  inputs.get(column.input()),
                  expand(filling.value(), row, fields),
                  expand(filling.where(), row, fields),
                  column.type(),
                  column.counted(),
                  fields));
        });
    return logged;
  }

  private static @Nullable String expand(
      @Nullable Expression expression, RowNames row, Map<String, ValueType> fields) {
    return expression == null ? null : row.expand(expression, fields);
  }

  /** Whether nothing needs to be logged of an event for it to be counted. */
  private boolean countsEveryEvent(AggregateFeature feature) {
    return feature.aggregate().function() == AggregateFunction.COUNT_ALL
        && feature.aggregate().by() == null
        && feature.where() == null
        && view.inputs().size() == 1;
  }

  /** Marks are counted like any other value. */
  private static AggregateFunction overMarks(AggregateFunction function) {
    return function == AggregateFunction.COUNT_ALL ? AggregateFunction.COUNT : function;
  }

  private static boolean isCount(AggregateFunction function) {
    return function == AggregateFunction.COUNT || function == AggregateFunction.COUNT_ALL;
  }

  private int column(AggregateFeature feature, @Nullable Expression value, boolean counted) {
    int input = view.inputOf(feature.source());
    List<Field> row = view.inputs().get(input).source().row();
    LogColumn column = LogColumn.of(input, value, feature.where(), counted, row);
    columns
        .computeIfAbsent(column, added -> new Filling(value, feature.where(), new ArrayList<>()))
        .features()
        .add(feature.name());
    return List.copyOf(columns.keySet()).indexOf(column);
  }
}
