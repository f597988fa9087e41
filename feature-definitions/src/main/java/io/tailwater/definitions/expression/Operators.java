// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandMetadata;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;

/**
 * The operators and functions of the language: an allow-list. All are deterministic and touch
 * nothing but their operands.
 */
final class Operators {
  /** {@code /}: DECIMAL where both sides are, else DOUBLE, and no exception on zero. */
  static final SqlFunction DIVIDE =
      function("/", Operators::quotientType, 2, Double.class, "divide");

  /** Functions whose standard twins return NaN or infinity, or other bits on other machines. */
  private static final List<SqlFunction> OWN_FUNCTIONS =
      List.of(
          function("POWER", ReturnTypes.DOUBLE_FORCE_NULLABLE, 2, Double.class, "power"),
          function("SQRT", ReturnTypes.DOUBLE_FORCE_NULLABLE, 1, Double.class, "sqrt"),
          function("EXP", ReturnTypes.DOUBLE_FORCE_NULLABLE, 1, Double.class, "exp"),
          function("LN", ReturnTypes.DOUBLE_FORCE_NULLABLE, 1, Double.class, "ln"),
          function("LOG10", ReturnTypes.DOUBLE_FORCE_NULLABLE, 1, Double.class, "log10"));

  private static final List<SqlFunction> STANDARD_FUNCTIONS =
      List.of(
          SqlStdOperatorTable.ABS,
          SqlStdOperatorTable.CEIL,
          SqlStdOperatorTable.CHAR_LENGTH,
          SqlStdOperatorTable.CHARACTER_LENGTH,
          SqlStdOperatorTable.COALESCE,
          SqlStdOperatorTable.EXTRACT,
          SqlStdOperatorTable.FLOOR,
          SqlLibraryOperators.GREATEST,
          SqlLibraryOperators.LEAST,
          SqlStdOperatorTable.LOWER,
          SqlStdOperatorTable.MOD,
          SqlStdOperatorTable.NULLIF,
          SqlStdOperatorTable.POSITION,
          SqlStdOperatorTable.REPLACE,
          SqlStdOperatorTable.ROUND,
          SqlStdOperatorTable.SIGN,
          SqlStdOperatorTable.SUBSTRING,
          SqlStdOperatorTable.TIMESTAMP_ADD,
          SqlStdOperatorTable.TIMESTAMP_DIFF,
          SqlStdOperatorTable.TRIM,
          SqlStdOperatorTable.UPPER);

  private static final List<SqlOperator> SYNTAX =
      List.of(
          SqlStdOperatorTable.PLUS,
          SqlStdOperatorTable.MINUS,
          SqlStdOperatorTable.MULTIPLY,
          SqlStdOperatorTable.DIVIDE,
          SqlStdOperatorTable.PERCENT_REMAINDER,
          SqlStdOperatorTable.UNARY_MINUS,
          SqlStdOperatorTable.UNARY_PLUS,
          SqlStdOperatorTable.EQUALS,
          SqlStdOperatorTable.NOT_EQUALS,
          SqlStdOperatorTable.LESS_THAN,
          SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
          SqlStdOperatorTable.GREATER_THAN,
          SqlStdOperatorTable.GREATER_THAN_OR_EQUAL,
          SqlStdOperatorTable.IS_DISTINCT_FROM,
          SqlStdOperatorTable.IS_NOT_DISTINCT_FROM,
          SqlStdOperatorTable.AND,
          SqlStdOperatorTable.OR,
          SqlStdOperatorTable.NOT,
          SqlStdOperatorTable.IS_NULL,
          SqlStdOperatorTable.IS_NOT_NULL,
          SqlStdOperatorTable.IS_TRUE,
          SqlStdOperatorTable.IS_NOT_TRUE,
          SqlStdOperatorTable.IS_FALSE,
          SqlStdOperatorTable.IS_NOT_FALSE,
          SqlStdOperatorTable.IS_UNKNOWN,
          SqlStdOperatorTable.IS_NOT_UNKNOWN,
          SqlStdOperatorTable.IN,
          SqlStdOperatorTable.NOT_IN,
          SqlStdOperatorTable.BETWEEN,
          SqlStdOperatorTable.NOT_BETWEEN,
          SqlStdOperatorTable.SYMMETRIC_BETWEEN,
          SqlStdOperatorTable.SYMMETRIC_NOT_BETWEEN,
          SqlStdOperatorTable.LIKE,
          SqlStdOperatorTable.NOT_LIKE,
          SqlStdOperatorTable.CONCAT,
          SqlStdOperatorTable.CASE,
          SqlStdOperatorTable.CAST);

  private static final Set<SqlOperator> ALLOWED = allowed();

  /** What the validator may resolve names to. */
  static final SqlOperatorTable TABLE = SqlOperatorTables.of(ALLOWED);

  private Operators() {}

  static boolean isAllowed(SqlOperator operator) {
    return ALLOWED.contains(operator);
  }

  /** The names of the functions, in upper case, sorted. */
  static Set<String> functionNames() {
    Set<String> names = new TreeSet<>();
    STANDARD_FUNCTIONS.forEach(function -> names.add(function.getName()));
    OWN_FUNCTIONS.forEach(function -> names.add(function.getName()));
    return names;
  }

  /** A function of known type whose code is {@code method}. */
  static SqlUserDefinedFunction typed(String name, RelDataType type, CheckedFunction method) {
    return new SqlUserDefinedFunction(
        new SqlIdentifier(name, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.explicit(type),
        InferTypes.FIRST_KNOWN,
        null,
        method);
  }

  private static SqlFunction function(
      String name, SqlReturnTypeInference type, int operands, Class<?> result, String method) {
    SqlOperandMetadata numbers =
        OperandTypes.operandMetadata(
            Collections.nCopies(operands, SqlTypeFamily.NUMERIC),
            typeFactory ->
                Collections.nCopies(operands, typeFactory.createSqlType(SqlTypeName.DOUBLE)),
            index -> "x" + index,
            index -> false);
    return new SqlUserDefinedFunction(
        new SqlIdentifier(name, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        type,
        InferTypes.FIRST_KNOWN,
        numbers,
        CheckedFunction.of(Arithmetic.class, method, result));
  }

  private static RelDataType quotientType(SqlOperatorBinding call) {
    RelDataTypeFactory factory = call.getTypeFactory();
    RelDataType dividend = call.getOperandType(0);
    RelDataType divisor = call.getOperandType(1);
    boolean decimal =
        dividend.getSqlTypeName() == SqlTypeName.DECIMAL
            && divisor.getSqlTypeName() == SqlTypeName.DECIMAL;
    RelDataType type =
        decimal
            ? factory.getTypeSystem().deriveDecimalDivideType(factory, dividend, divisor)
            : null;
    return factory.createTypeWithNullability(
        type == null ? factory.createSqlType(SqlTypeName.DOUBLE) : type, true);
  }

  private static Set<SqlOperator> allowed() {
    Set<SqlOperator> allowed = new LinkedHashSet<>(SYNTAX);
    allowed.addAll(STANDARD_FUNCTIONS);
    allowed.addAll(OWN_FUNCTIONS);
    allowed.add(DIVIDE);
    return allowed;
  }
}
