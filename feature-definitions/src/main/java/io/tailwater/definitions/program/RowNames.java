// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.program;

import static java.util.Objects.requireNonNull;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.expression.ExpressionCompiler;
import io.tailwater.definitions.model.Column;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the names of a source's row stand for: fields for themselves, columns for expressions. */
final class RowNames {
  private final List<Field> row;
  private final List<Field> timedRow;
  private final Map<String, ValueType> schema = new HashMap<>();
  private final Map<String, ValueType> types = new HashMap<>();
  private final Map<String, String> columns = new HashMap<>();

  RowNames(EventSource source) {
    this.row = source.row();
    this.timedRow = source.timedRow();
    source.fields().forEach(field -> schema.put(field.name(), field.type()));
    timedRow.forEach(field -> types.put(field.name(), field.type()));
    for (Column column : source.columns()) {
      columns.put(column.name(), column.expression().sql());
    }
  }

  /**
   * The expression in one spelling, over fields alone.
   *
   * @param fields gets those that it reads
   */
  String expand(Expression expression, Map<String, ValueType> fields) {
    for (String name : ExpressionCompiler.analyze(expression.sql(), row).references()) {
      addFields(name, fields);
    }
    return ExpressionCompiler.expand(expression.sql(), columns);
  }

  /** The same of a mere name. */
  String meaningOf(String name, Map<String, ValueType> fields) {
    addFields(name, fields);
    String column = columns.get(name);
    return column == null ? name : ExpressionCompiler.expand(column, Map.of());
  }

  /** Adds a field of the schema, as it is there, if there is one of the name. */
  void addField(String name, Map<String, ValueType> fields) {
    ValueType type = schema.get(name);
    if (type != null) {
      fields.put(name, type);
    }
  }

  private void addFields(String name, Map<String, ValueType> fields) {
    String column = columns.get(name);
    if (column == null) {
      fields.put(name, requireNonNull(types.get(name), name));
    } else {
      ExpressionCompiler.analyze(column, timedRow)
          .references()
          .forEach(field -> fields.put(field, requireNonNull(types.get(field), field)));
    }
  }
}
