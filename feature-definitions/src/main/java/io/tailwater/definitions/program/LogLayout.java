// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

import io.tailwater.aggregation.AggregationPlan;
import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.WindowedAggregate;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which columns the log of a view has and which aggregates are computed of them, each once however
 * many features share it.
 */
final class LogLayout {
  private final Map<LogColumn, List<AggregateFeature>> users = new LinkedHashMap<>();
  private final List<WindowedAggregate> aggregates = new ArrayList<>();
  private final Map<String, Integer> aggregateOfFeature = new LinkedHashMap<>();

  LogLayout(FeatureView view) {
    List<Field> row = view.source().row();
    view.features().stream()
        .filter(AggregateFeature.class::isInstance)
        .map(AggregateFeature.class::cast)
        .forEach(feature -> add(feature, LogColumn.of(feature, row)));
  }

  /** The distinct columns, in order, each with the features that use it. */
  Map<LogColumn, List<AggregateFeature>> columns() {
    return users;
  }

  AggregationPlan plan() {
    List<ValueType> types = users.keySet().stream().map(LogColumn::type).toList();
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

  private void add(AggregateFeature feature, @Nullable LogColumn column) {
    int columnIndex = WindowedAggregate.NO_COLUMN;
    if (column != null) {
      users.computeIfAbsent(column, added -> new ArrayList<>()).add(feature);
      columnIndex = List.copyOf(users.keySet()).indexOf(column);
    }
    WindowedAggregate aggregate =
        WindowedAggregate.sliding(
            LogColumn.functionOver(column, feature), columnIndex, feature.window().lengthMillis());
    if (!aggregates.contains(aggregate)) {
      aggregates.add(aggregate);
    }
    aggregateOfFeature.put(feature.name(), aggregates.indexOf(aggregate));
  }
}
