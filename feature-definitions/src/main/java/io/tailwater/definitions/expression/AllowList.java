// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import io.tailwater.definitions.model.Feature;
import io.tailwater.definitions.model.Field;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Refuses, before Calcite looks at it, whatever an expression may not contain: unknown names,
 * functions that are not of the language, queries.
 */
final class AllowList extends SqlBasicVisitor<@Nullable Void> {
  /** Each value is code of its own, and compilers are slow with much of it. */
  private static final int MAX_VALUES = 100;

  private static final Set<SqlKind> SUBQUERIES =
      Set.of(SqlKind.SCALAR_QUERY, SqlKind.EXISTS, SqlKind.UNIQUE);
  private static final Set<String> AGGREGATES = Set.of("COUNT", "SUM", "AVG", "MIN", "MAX");
  private static final Set<String> NOT_DETERMINISTIC =
      Set.of(
          "RAND",
          "RANDOM",
          "RAND_INTEGER",
          "UUID",
          "NOW",
          "CURRENT_TIMESTAMP",
          "CURRENT_DATE",
          "CURRENT_TIME",
          "LOCALTIME",
          "LOCALTIMESTAMP",
          "UNIX_TIMESTAMP",
          "USER",
          "CURRENT_USER",
          "SESSION_USER",
          "SYSTEM_USER");
  private static final Set<String> CAST_TARGETS =
      Set.of("BOOLEAN", "INTEGER", "BIGINT", "REAL", "DOUBLE", "DECIMAL", "VARCHAR", "TIMESTAMP");

  private final String sql;
  private final Map<String, Field> fields = new LinkedHashMap<>();
  private final Set<String> references = new LinkedHashSet<>();

  private AllowList(String sql, List<Field> row) {
    this.sql = sql;
    row.forEach(field -> fields.put(field.name(), field));
  }

  /**
   * The names of the fields that the expression uses, in order of appearance.
   *
   * @throws ExpressionException at the first thing that is not allowed
   */
  static Set<String> check(String sql, SqlNode expression, List<Field> row) {
    AllowList allowList = new AllowList(sql, row);
    if (expression instanceof SqlIdentifier identifier) {
      allowList.reference(identifier);
    } else {
      expression.accept(allowList);
    }
    return allowList.references;
  }

  @Override
  public @Nullable Void visit(SqlIdentifier identifier) {
    Field field = reference(identifier);
    switch (field.type().kind()) {
      case BYTES, ARRAY, MAP ->
          throw refuse(
              identifier,
              "'%s', which is %s".formatted(field.name(), field.type()),
              "expressions only pass such a value on or test it with IS [NOT] NULL");
      case BOOL, INT32, INT64, FLOAT, DOUBLE, DECIMAL, STRING, TIMESTAMP -> {}
    }
    return null;
  }

  @Override
  public @Nullable Void visit(SqlCall call) {
    if (call.getKind() == SqlKind.IS_NULL || call.getKind() == SqlKind.IS_NOT_NULL) {
      if (call.operand(0) instanceof SqlIdentifier identifier) {
        reference(identifier);
        return null;
      }
    }
    if (call.isA(SqlKind.QUERY) || SUBQUERIES.contains(call.getKind())) {
      throw refuse(call, "a subquery", "an expression sees one row and nothing else");
    }
    if (SqlKind.IN == call.getKind() || SqlKind.NOT_IN == call.getKind()) {
      checkValues(call, call.operand(1));
    }
    if (call.getKind() == SqlKind.OVER) {
      throw refuse(call, "a window function", "windows are features: 'window: 7d'");
    }
    if (call.getOperator() instanceof SqlUnresolvedFunction function) {
      checkFunction(call, function.getName());
    } else if (!Operators.isAllowed(call.getOperator())) {
      checkFunction(call, call.getOperator().getName());
    }
    return super.visit(call);
  }

  @Override
  public @Nullable Void visit(SqlDataTypeSpec type) {
    String name =
        type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec spec
            ? spec.getTypeName().getSimple()
            : type.toString();
    if (!CAST_TARGETS.contains(name.toUpperCase(Locale.ROOT))) {
      throw refuse(
          type,
          "the type " + name,
          "types to cast to: BOOLEAN, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL(p, s), VARCHAR,"
              + " TIMESTAMP");
    }
    return null;
  }

  @Override
  public @Nullable Void visit(SqlDynamicParam parameter) {
    throw refuse(parameter, "a parameter '?'", "an expression sees one row and nothing else");
  }

  private void checkValues(SqlCall in, SqlNode values) {
    if (values instanceof SqlNodeList list && list.size() > MAX_VALUES) {
      throw refuse(
          in,
          "IN with %d values".formatted(list.size()),
          "at most %d: let the producer mark such events by a field".formatted(MAX_VALUES));
    }
  }

  private void checkFunction(SqlCall call, String name) {
    String function = name.toUpperCase(Locale.ROOT);
    if (AGGREGATES.contains(function)) {
      throw refuse(
          call,
          "the aggregate '%s' inside an expression".formatted(name),
          "an aggregate stands alone in 'aggregate:'; 'expression:' combines features by name");
    }
    if (NOT_DETERMINISTIC.contains(function)) {
      throw notDeterministic(call, name);
    }
    if (!Operators.functionNames().contains(function)) {
      throw refuse(
          call,
          "the function '%s'".formatted(name),
          Suggestions.didYouMean(function, Operators.functionNames())
              .orElse("functions: " + String.join(", ", Operators.functionNames())));
    }
  }

  private Field reference(SqlIdentifier identifier) {
    if (!identifier.isSimple()) {
      throw refuse(
          identifier,
          "the name '%s'".formatted(identifier),
          "a field is called by its bare name, without a table before it");
    }
    String name = identifier.getSimple();
    Field field = fields.get(name);
    if (field == null) {
      if (NOT_DETERMINISTIC.contains(name.toUpperCase(Locale.ROOT))) {
        throw notDeterministic(identifier, name);
      }
      if (name.equals(Feature.REQUEST_TIME)) {
        throw refuse(
            identifier,
            "'%s' where nothing is read".formatted(name),
            "it is known in an 'expression' over features: name the event's part here, and what"
                + " depends on the time of the read there");
      }
      throw refuse(
          identifier,
          "the unknown name '%s'".formatted(name),
          Suggestions.didYouMean(name, fields.keySet())
              .orElse("known here: " + String.join(", ", fields.keySet())));
    }
    references.add(name);
    return field;
  }

  private ExpressionException notDeterministic(SqlNode node, String name) {
    return refuse(
        node,
        "'%s', whose value is another one at every call".formatted(name),
        "a feature is a function of events alone, so that every recomputation gives the same"
            + " value");
  }

  private ExpressionException refuse(SqlNode node, String found, String hint) {
    return new ExpressionException(found, Positions.indexOf(sql, node.getParserPosition()), hint);
  }
}
