// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.materialize;

import io.tailwater.definitions.model.BatchFeatureView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.types.logical.LogicalType;

/** Compares what a query gives with what its view declares, before anything runs. */
final class ColumnCheck {
  private ColumnCheck() {}

  /**
   * @throws IllegalArgumentException with every column that is missing or does not fit
   */
  static void check(BatchFeatureView view, ResolvedSchema schema) {
    List<String> problems = new ArrayList<>();
    for (QueryColumns.Declared declared : QueryColumns.declared(view)) {
      Optional<LogicalType> found = type(schema, declared.column());
      if (found.isEmpty()) {
        problems.add(missing(view, declared.column(), declared.type().toString(), schema));
      } else if (!ColumnType.fits(found.get(), declared.type())) {
        problems.add(
            problem(view, declared.column(), found.get(), declared.type().toString())
                + ": convert it in the query, CAST(… AS …), or declare another 'type'");
      }
    }
    String time = view.eventTimestamp();
    Optional<LogicalType> found = type(schema, time);
    String expected = "a TIMESTAMP, the event timestamp";
    if (found.isEmpty()) {
      problems.add(missing(view, time, expected, schema));
    } else if (!ColumnType.isInstant(found.get().getTypeRoot())) {
      problems.add(
          problem(view, time, found.get(), expected)
              + ": convert it in the query, as with TO_TIMESTAMP_LTZ(millis, 3)");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join(System.lineSeparator(), problems));
    }
  }

  private static Optional<LogicalType> type(ResolvedSchema schema, String column) {
    return schema.getColumn(column).map(Column::getDataType).map(type -> type.getLogicalType());
  }

  private static String missing(
      BatchFeatureView view, String column, String expected, ResolvedSchema schema) {
    return "view '%s', column '%s': found none in the query's %s, expected %s"
        .formatted(view.name(), column, schema.getColumnNames(), expected);
  }

  private static String problem(
      BatchFeatureView view, String column, LogicalType found, String expected) {
    return "view '%s', column '%s': found %s, expected %s"
        .formatted(view.name(), column, found.copy(true).asSummaryString(), expected);
  }
}
