// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;

/**
 * Replaces arithmetic and conversions by ours, which make a counted null of what Calcite's wrap
 * around or throw at, and the order of texts; makes every implicit conversion explicit on the way.
 */
final class CheckedRewriter extends RexShuttle {
  private static final Set<SqlTypeName> NUMBERS =
      Set.of(
          SqlTypeName.TINYINT,
          SqlTypeName.SMALLINT,
          SqlTypeName.INTEGER,
          SqlTypeName.BIGINT,
          SqlTypeName.DECIMAL,
          SqlTypeName.REAL,
          SqlTypeName.FLOAT,
          SqlTypeName.DOUBLE);

  /** Functions of a value and of counts, for which Calcite has code for INTEGER only. */
  private static final Set<SqlOperator> COUNTED =
      Set.of(SqlStdOperatorTable.SUBSTRING, SqlStdOperatorTable.ROUND);

  private final RexBuilder builder;

  CheckedRewriter(RexBuilder builder) {
    this.builder = builder;
  }

  @Override
  public RexNode visitCall(RexCall call) {
    List<RexNode> operands = new ArrayList<>(visitList(call.getOperands()));
    RelDataType type = nullable(call.getType());
    if (call.getOperator() instanceof SqlUserDefinedFunction function) {
      return ownFunction(function.getName(), type, operands);
    }
    if (call.getOperator().equals(SqlStdOperatorTable.ABS)) {
      return arithmetic("abs", type, operands);
    }
    if (COUNTED.contains(call.getOperator())) {
      return same(call, withIntegerCounts(operands));
    }
    return switch (call.getKind()) {
      case PLUS ->
          isArithmetic(type, operands) ? arithmetic("plus", type, operands) : same(call, operands);
      case MINUS ->
          isArithmetic(type, operands) ? arithmetic("minus", type, operands) : same(call, operands);
      case TIMES ->
          isArithmetic(type, operands) ? arithmetic("times", type, operands) : same(call, operands);
      case MINUS_PREFIX ->
          isArithmetic(type, operands)
              ? arithmetic("negate", type, operands)
              : same(call, operands);
      case MOD -> isArithmetic(type, operands) ? modulo(type, operands) : same(call, operands);
      case CAST -> convert(operands.get(0), type, call);
      case CASE -> same(call, alignBranches(type, operands));
      case EQUALS, NOT_EQUALS -> same(call, alignNumbers(operands));
      case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          same(call, areTexts(operands) ? orderOfTexts(operands) : alignNumbers(operands));
      default -> same(call, operands);
    };
  }

  /** The call over other operands; nullable, since ours may be null where Calcite's never were. */
  private RexNode same(RexCall call, List<RexNode> operands) {
    boolean neverNull = call.isA(SqlKind.IS_NULL) || call.isA(SqlKind.IS_NOT_NULL);
    RelDataType type = neverNull ? call.getType() : nullable(call.getType());
    return call.clone(type, operands);
  }

  private RexNode ownFunction(String name, RelDataType type, List<RexNode> operands) {
    String method =
        name.equals(Operators.DIVIDE.getName()) ? "divide" : name.toLowerCase(Locale.ROOT);
    return arithmetic(method, type, operands);
  }

  private RexNode arithmetic(String method, RelDataType type, List<RexNode> operands) {
    List<RexNode> arguments = new ArrayList<>();
    for (RexNode operand : operands) {
      arguments.add(isDecimal(type) ? decimal(operand) : cast(operand, type));
    }
    return checked(Arithmetic.class, method, type, arguments);
  }

  /** SQL types {@code MOD} by its divisor, which may be narrower than the dividend. */
  private RexNode modulo(RelDataType type, List<RexNode> operands) {
    RelDataType common = commonNumber(operands);
    return cast(arithmetic("mod", common, operands), type);
  }

  private List<RexNode> alignBranches(RelDataType type, List<RexNode> operands) {
    List<RexNode> aligned = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      boolean isCondition = i % 2 == 0 && i < operands.size() - 1;
      aligned.add(isCondition ? operands.get(i) : cast(operands.get(i), type));
    }
    return aligned;
  }

  private List<RexNode> withIntegerCounts(List<RexNode> operands) {
    List<RexNode> counted = new ArrayList<>(operands);
    counted
        .subList(1, counted.size())
        .replaceAll(count -> cast(count, number(SqlTypeName.INTEGER)));
    return counted;
  }

  private List<RexNode> alignNumbers(List<RexNode> operands) {
    if (!operands.stream().allMatch(operand -> isNumber(operand.getType()))) {
      return operands;
    }
    RelDataType common = commonNumber(operands);
    return operands.stream()
        .map(operand -> isDecimal(common) ? decimal(operand) : cast(operand, common))
        .toList();
  }

  /** Texts are compared by their order's comparison with 0. */
  private List<RexNode> orderOfTexts(List<RexNode> texts) {
    RexNode order = checked(Texts.class, "order", number(SqlTypeName.INTEGER), texts);
    return List.of(order, builder.makeExactLiteral(BigDecimal.ZERO));
  }

  private static boolean areTexts(List<RexNode> operands) {
    return operands.stream().allMatch(operand -> isText(operand.getType().getSqlTypeName()));
  }

  private RelDataType commonNumber(List<RexNode> operands) {
    List<RelDataType> types = operands.stream().map(RexNode::getType).toList();
    if (types.stream().map(RelDataType::getSqlTypeName).distinct().count() == 1
        && !isDecimal(types.get(0))) {
      return nullable(types.get(0));
    }
    if (types.stream().anyMatch(type -> SqlTypeName.APPROX_TYPES.contains(type.getSqlTypeName()))) {
      return number(SqlTypeName.DOUBLE);
    }
    if (types.stream().anyMatch(CheckedRewriter::isDecimal)) {
      return nullable(builder.getTypeFactory().leastRestrictive(types));
    }
    return number(SqlTypeName.BIGINT);
  }

  /** The number as a DECIMAL of its own digits: nothing is rounded before the operation. */
  private RexNode decimal(RexNode operand) {
    return switch (operand.getType().getSqlTypeName()) {
      case DECIMAL -> operand;
      case BIGINT -> cast(operand, decimalType(19));
      default -> cast(operand, decimalType(10));
    };
  }

  private RexNode convert(RexNode operand, RelDataType type, RexCall original) {
    boolean ours = isOurs(operand.getType()) && isOurs(type);
    return ours ? cast(operand, type) : original.clone(type, List.of(operand));
  }

  private RexNode cast(RexNode operand, RelDataType type) {
    SqlTypeName from = operand.getType().getSqlTypeName();
    SqlTypeName to = type.getSqlTypeName();
    if (from == SqlTypeName.NULL) {
      return builder.makeNullLiteral(type);
    }
    boolean same =
        isDecimal(type)
            ? isDecimal(operand.getType())
                && operand.getType().getPrecision() == type.getPrecision()
                && operand.getType().getScale() == type.getScale()
            : from == to;
    if (same || !isOurs(operand.getType()) || !isOurs(type) || (isText(from) && isText(to))) {
      return operand;
    }
    if (to == SqlTypeName.DOUBLE
        && operand instanceof RexLiteral literal
        && isNumber(operand.getType())) {
      return builder.makeApproxLiteral(literal.getValueAs(BigDecimal.class), number(to));
    }
    return checked(Conversions.class, conversion(to), type, List.of(operand));
  }

  private static String conversion(SqlTypeName target) {
    return switch (target) {
      case BOOLEAN -> "toBool";
      case INTEGER -> "toInt32";
      case BIGINT -> "toInt64";
      case REAL -> "toFloat";
      case DOUBLE -> "toDouble";
      case DECIMAL -> "toDecimal";
      case CHAR, VARCHAR -> "toText";
      default -> throw new IllegalArgumentException("no conversion to %s".formatted(target));
    };
  }

  private RexNode checked(
      Class<?> holder, String method, RelDataType type, List<RexNode> operands) {
    List<RexNode> arguments = new ArrayList<>(operands);
    if (isDecimal(type)) {
      arguments.add(builder.makeExactLiteral(BigDecimal.valueOf(type.getPrecision())));
      arguments.add(builder.makeExactLiteral(BigDecimal.valueOf(type.getScale())));
    }
    CheckedFunction function = CheckedFunction.of(holder, method, javaClass(type));
    return builder.makeCall(type, Operators.typed(method, type, function), arguments);
  }

  private static Class<?> javaClass(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> Boolean.class;
      case INTEGER -> Integer.class;
      case BIGINT -> Long.class;
      case REAL -> Float.class;
      case DOUBLE -> Double.class;
      case DECIMAL -> BigDecimal.class;
      case CHAR, VARCHAR -> String.class;
      default -> throw new IllegalArgumentException("no arithmetic on %s".formatted(type));
    };
  }

  private static boolean isArithmetic(RelDataType type, List<RexNode> operands) {
    return isNumber(type) && operands.stream().allMatch(operand -> isNumber(operand.getType()));
  }

  private static boolean isOurs(RelDataType type) {
    SqlTypeName name = type.getSqlTypeName();
    return isNumber(type) || isText(name) || name == SqlTypeName.BOOLEAN;
  }

  private static boolean isText(SqlTypeName name) {
    return name == SqlTypeName.CHAR || name == SqlTypeName.VARCHAR;
  }

  private static boolean isNumber(RelDataType type) {
    return NUMBERS.contains(type.getSqlTypeName());
  }

  private static boolean isDecimal(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DECIMAL;
  }

  private RelDataType number(SqlTypeName name) {
    return nullable(builder.getTypeFactory().createSqlType(name));
  }

  private RelDataType decimalType(int precision) {
    return nullable(builder.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, precision, 0));
  }

  private RelDataType nullable(RelDataType type) {
    return builder.getTypeFactory().createTypeWithNullability(type, true);
  }
}
