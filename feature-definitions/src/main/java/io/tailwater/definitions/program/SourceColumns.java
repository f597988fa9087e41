// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

import io.tailwater.definitions.expression.ExpressionCompiler;
import io.tailwater.definitions.model.AggregateFeature;
import io.tailwater.definitions.model.Column;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Field;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes the columns that a source adds to its events. */
final class SourceColumns {
  private final int fields;
  private final List<WatchedExpression> columns;

  SourceColumns(FeatureView view, FeatureNulls nulls) {
    EventSource source = view.source();
    this.fields = source.fields().size();
    this.columns =
        source.columns().stream()
            .map(
                column ->
                    WatchedExpression.compile(
                        column.expression(), source.fields(), usersOf(column, view), nulls))
            .toList();
  }

  @Nullable Object[] extend(@Nullable Object[] values) {
    if (values.length != fields) {
      throw new IllegalArgumentException(
          "%d values for %d fields".formatted(values.length, fields));
    }
    @Nullable Object[] row = Arrays.copyOf(values, fields + columns.size());
    for (int i = 0; i < columns.size(); i++) {
      row[fields + i] = columns.get(i).evaluate(values);
    }
    return row;
  }

  /** The features that the column decides: all, if it decides which events count or for whom. */
  private static List<String> usersOf(Column column, FeatureView view) {
    List<Field> row = view.source().row();
    boolean decidesAll =
        view.keyFields().contains(column.name()) || names(view.where(), column, row);
    return view.features().stream()
        .filter(AggregateFeature.class::isInstance)
        .map(AggregateFeature.class::cast)
        .filter(
            feature ->
                decidesAll
                    || Arrays.asList(feature.input(), feature.where()).stream()
                        .anyMatch(expression -> names(expression, column, row)))
        .map(Feature::name)
        .toList();
  }

  private static boolean names(@Nullable Expression expression, Column column, List<Field> row) {
    return expression != null
        && ExpressionCompiler.analyze(expression.sql(), row).references().contains(column.name());
  }
}
