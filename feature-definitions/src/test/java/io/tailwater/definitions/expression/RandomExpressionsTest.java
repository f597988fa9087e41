// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever an expression is and whatever its row holds: a value of its type or null. */
class RandomExpressionsTest {
  private static final int CASES = 300;
  private static final int ROWS = 25;
  private static final List<Field> ROW =
      List.of(
          new Field("b", ValueType.BOOL, true),
          new Field("i", ValueType.INT32, true),
          new Field("l", ValueType.INT64, true),
          new Field("f", ValueType.FLOAT, true),
          new Field("d", ValueType.DOUBLE, true),
          new Field("m", ValueType.decimal(12, 3), true),
          new Field("s", ValueType.STRING, true),
          new Field("t", ValueType.TIMESTAMP, true));

  private static final String[] SHAPES = {
    "(# + #)",
    "(# - #)",
    "(# * #)",
    "(# / #)",
    "MOD(#, #)",
    "(# % #)",
    "-(#)",
    "ABS(#)",
    "SQRT(#)",
    "POWER(#, #)",
    "EXP(#)",
    "LN(#)",
    "ROUND(#)",
    "ROUND(#, #)",
    "FLOOR(#)",
    "CEIL(#)",
    "SIGN(#)",
    "(# = #)",
    "(# < #)",
    "(# <> #)",
    "(# BETWEEN # AND #)",
    "(# IN (#, #))",
    "(# NOT IN (#, #))",
    "(# AND #)",
    "(# OR #)",
    "(NOT #)",
    "(# IS NULL)",
    "(# IS NOT TRUE)",
    "(# IS DISTINCT FROM #)",
    "CASE WHEN # THEN # ELSE # END",
    "COALESCE(#, #)",
    "NULLIF(#, #)",
    "GREATEST(#, #)",
    "LEAST(#, #, #)",
    "UPPER(#)",
    "TRIM(#)",
    "SUBSTRING(# FROM #)",
    "SUBSTRING(#, #, #)",
    "CHAR_LENGTH(#)",
    "POSITION(# IN #)",
    "REPLACE(#, #, #)",
    "(# || #)",
    "(# LIKE #)",
    "CAST(# AS INTEGER)",
    "CAST(# AS BIGINT)",
    "CAST(# AS REAL)",
    "CAST(# AS DOUBLE)",
    "CAST(# AS DECIMAL(10, 4))",
    "CAST(# AS VARCHAR)",
    "CAST(# AS BOOLEAN)",
    "CAST(# AS TIMESTAMP)",
    "EXTRACT(DAY FROM #)",
    "EXTRACT(WEEK FROM #)",
    "TIMESTAMPDIFF(HOUR, #, #)",
    "TIMESTAMPDIFF(MONTH, #, #)",
    "TIMESTAMPADD(DAY, #, #)",
    "TIMESTAMPADD(MONTH, #, #)",
    "FLOOR(# TO HOUR)",
    "CEIL(# TO MONTH)"
  };
  private static final String[] LEAVES = {
    "b",
    "i",
    "l",
    "f",
    "d",
    "m",
    "s",
    "t",
    "0",
    "1",
    "2.5",
    "0.0",
    "2147483647",
    "9223372036854775807",
    "1e308",
    "'a'",
    "'%'",
    "''",
    "'12'",
    "TRUE",
    "NULL",
    "TIMESTAMP '2024-02-29 12:00:00'"
  };
  private static final Object[][] VALUES = {
    {true, false},
    {0, 1, -7, Integer.MAX_VALUE, Integer.MIN_VALUE},
    {0L, 3L, -1L, Long.MAX_VALUE, Long.MIN_VALUE},
    {0.0f, -1.5f, Float.MAX_VALUE, Float.MIN_VALUE},
    {0.0, 0.1, -19.99, Double.MAX_VALUE, Double.MIN_VALUE, 1e19},
    {new BigDecimal("0.000"), new BigDecimal("-1.100"), new BigDecimal("999999999.999")},
    {"", "a", "12", "-0.5", "TRUE", "日本 é", "2024-01-01 00:00:00", "%_"},
    {0L, -1L, 1_709_210_096_789L, -62_135_596_800_000L, 253_402_300_799_999L}
  };

  @Test
  void evaluateToTheirTypeOrNull() {
    int compiled = 0;
    for (int seed = 0; compiled < CASES; seed++) {
      Random random = new Random(seed);
      String sql = expression(random, 3);
      Optional<CompiledExpression> expression = compile(sql);
      if (expression.isPresent()) {
        compiled++;
        checkValues(sql, expression.get(), random, seed);
      }
    }
  }

  private static void checkValues(
      String sql, CompiledExpression expression, Random random, int seed) {
    for (int i = 0; i < ROWS; i++) {
      Object[] row = row(random);
      Object value = expression.evaluate(row);
      assertThat(isOf(value, expression.type()))
          .as(
              "seed %d: %s = %s is %s over %s",
              seed, sql, value, expression.type(), List.of(text(row)))
          .isTrue();
      assertThat(expression.evaluate(row)).as("seed %d: %s again", seed, sql).isEqualTo(value);
    }
  }

  private static Optional<CompiledExpression> compile(String sql) {
    try {
      ExpressionCompiler.analyze(sql, ROW);
    } catch (ExpressionException refused) {
      return Optional.empty();
    }
    // What was typed compiles, too: an author never hears of it in a running job.
    return Optional.of(ExpressionCompiler.compile(sql, ROW));
  }

  private static String expression(Random random, int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return LEAVES[random.nextInt(LEAVES.length)];
    }
    StringBuilder sql = new StringBuilder();
    for (char c : SHAPES[random.nextInt(SHAPES.length)].toCharArray()) {
      sql.append(c == '#' ? expression(random, depth - 1) : String.valueOf(c));
    }
    return sql.toString();
  }

  private static Object[] row(Random random) {
    Object[] row = new Object[VALUES.length];
    for (int i = 0; i < row.length; i++) {
      Object[] values = VALUES[i];
      row[i] = random.nextInt(5) == 0 ? null : values[random.nextInt(values.length)];
    }
    return row;
  }

  private static String[] text(Object[] row) {
    List<String> texts = new ArrayList<>();
    for (Object value : row) {
      texts.add(String.valueOf(value));
    }
    return texts.toArray(String[]::new);
  }

  private static boolean isOf(Object value, ValueType type) {
    if (value == null) {
      return true;
    }
    return switch (type.kind()) {
      case BOOL -> value instanceof Boolean;
      case INT32 -> value instanceof Integer;
      case INT64, TIMESTAMP -> value instanceof Long;
      case FLOAT ->
          value instanceof Float number && Float.isFinite(number) && !isNegativeZero(number);
      case DOUBLE ->
          value instanceof Double number && Double.isFinite(number) && !isNegativeZero(number);
      case DECIMAL ->
          value instanceof BigDecimal number
              && number.scale() == type.scale()
              && number.precision() <= type.precision();
      case STRING -> value instanceof String;
      case BYTES, ARRAY, MAP -> false;
    };
  }

  private static boolean isNegativeZero(double number) {
    return Double.doubleToRawLongBits(number) == Long.MIN_VALUE;
  }
}
