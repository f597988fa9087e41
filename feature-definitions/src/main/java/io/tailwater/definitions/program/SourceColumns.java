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
import io.tailwater.definitions.model.ViewInput;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds to an event's fields its time and the columns that the source computes. */
final class SourceColumns {
  private final int fields;
  private final int timeIndex;
  private final int timedFields;
  private final List<WatchedExpression> columns;

  SourceColumns(FeatureView view, int input, FeatureNulls nulls) {
    ViewInput viewInput = view.inputs().get(input);
    EventSource source = viewInput.source();
    List<Field> timedRow = source.timedRow();
    this.fields = source.fields().size();
    this.timeIndex = source.eventTimeIndex();
    this.timedFields = timedRow.size();
    this.columns =
        source.columns().stream()
            .map(
                column ->
                    WatchedExpression.compile(
                        column.expression(), timedRow, usersOf(column, view, viewInput), nulls))
            .toList();
  }

  @Nullable Object[] extend(@Nullable Object[] values, long eventTime) {
    if (values.length != fields) {
      throw new IllegalArgumentException(
          "%d values for %d fields".formatted(values.length, fields));
    }
    @Nullable Object[] row = Arrays.copyOf(values, timedFields + columns.size());
    row[timeIndex] = eventTime;
    for (int i = 0; i < columns.size(); i++) {
      row[timedFields + i] = columns.get(i).evaluate(row);
    }
    return row;
  }

  /** The features that the column decides: all, if it decides which events count or for whom. */
  private static List<String> usersOf(Column column, FeatureView view, ViewInput input) {
    List<Field> row = input.source().row();
    boolean decidesAll =
        input.keyFields().contains(column.name()) || names(input.where(), column, row);
    return InputProgram.featuresOf(view, input)
        .filter(feature -> decidesAll || uses(feature, column, row))
        .map(Feature::name)
        .toList();
  }

  private static boolean uses(AggregateFeature feature, Column column, List<Field> row) {
    return Arrays.asList(feature.aggregate().input(), feature.aggregate().by(), feature.where())
        .stream()
        .anyMatch(expression -> names(expression, column, row));
  }

  private static boolean names(@Nullable Expression expression, Column column, List<Field> row) {
    return expression != null
        && ExpressionCompiler.analyze(expression.sql(), row).references().contains(column.name());
  }
}
