// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Field;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Expressions over one row, and their values as computed by hand. */
class ExpressionValuesTest {
  /** 2024-02-29T12:34:56.789Z, a Thursday. */
  private static final long LEAP_DAY = 1_709_210_096_789L;

  /** 1969-12-31T23:59:59.999Z. */
  private static final long BEFORE_EPOCH = -1L;

  private static final List<Field> ROW =
      List.of(
          field("yes", ValueType.BOOL),
          field("off", ValueType.BOOL),
          field("maybe", ValueType.BOOL),
          field("two", ValueType.INT32),
          field("seven", ValueType.INT32),
          field("max32", ValueType.INT32),
          field("max64", ValueType.INT64),
          field("min64", ValueType.INT64),
          field("ten64", ValueType.INT64),
          field("half", ValueType.FLOAT),
          field("price", ValueType.DOUBLE),
          field("huge", ValueType.DOUBLE),
          field("zero", ValueType.DOUBLE),
          field("amount", ValueType.decimal(10, 2)),
          field("rate", ValueType.decimal(5, 4)),
          field("big", ValueType.decimal(38, 0)),
          field("name", ValueType.STRING),
          field("word", ValueType.STRING),
          field("number", ValueType.STRING),
          field("moment", ValueType.TIMESTAMP),
          field("earlier", ValueType.TIMESTAMP),
          field("nothing", ValueType.INT32),
          field("nowhere", ValueType.STRING),
          field("void", ValueType.DOUBLE),
          field("value", ValueType.INT32),
          field("Two", ValueType.INT32),
          field("raw", ValueType.BYTES),
          field("tags", ValueType.arrayOf(ValueType.STRING)));

  private static final Object[] VALUES = {
    true,
    false,
    null,
    2,
    7,
    Integer.MAX_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    10L,
    0.5f,
    19.99,
    1e308,
    0.0,
    new BigDecimal("1.10"),
    new BigDecimal("0.2500"),
    new BigDecimal("99999999999999999999999999999999999999"),
    "São Paulo",
    "abc",
    " 42 ",
    LEAP_DAY,
    BEFORE_EPOCH,
    null,
    null,
    null,
    5,
    22,
    new byte[] {1},
    List.of("a")
  };

  static Stream<Arguments> expressions() {
    return Stream.of(
        // Names and literals.
        of("two", ValueType.INT32, 2),
        of("Two", ValueType.INT32, 22),
        of("`value` + 1", ValueType.INT32, 6),
        of("\"value\" + 1", ValueType.INT32, 6),
        of("1.0", ValueType.DOUBLE, 1.0),
        of("0.1", ValueType.DOUBLE, 0.1),
        of("1", ValueType.INT32, 1),
        of("3000000000", ValueType.INT64, 3_000_000_000L),
        of("'it''s'", ValueType.STRING, "it's"),
        of("'日本 é'", ValueType.STRING, "日本 é"),
        of("TRUE", ValueType.BOOL, true),
        of("moment", ValueType.TIMESTAMP, LEAP_DAY),
        // Arithmetic.
        of("two + seven", ValueType.INT32, 9),
        of("two - seven", ValueType.INT32, -5),
        of("two * ten64", ValueType.INT64, 20L),
        of("-two", ValueType.INT32, -2),
        of("two * price", ValueType.DOUBLE, 39.98),
        of("seven / two", ValueType.DOUBLE, 3.5),
        of("7 / 2", ValueType.DOUBLE, 3.5),
        of("1 / 3", ValueType.DOUBLE, 1.0 / 3.0),
        of("max64 / 1", ValueType.DOUBLE, 9.223372036854776E18),
        of("MOD(seven, two)", ValueType.INT32, 1),
        of("-seven % two", ValueType.INT32, -1),
        of("MOD(max64, two)", ValueType.INT32, 1),
        of("half + half", ValueType.FLOAT, 1.0f),
        of("half * price", ValueType.DOUBLE, 9.995),
        of("ABS(two - seven)", ValueType.INT32, 5),
        of("ABS(-price)", ValueType.DOUBLE, 19.99),
        of("SQRT(seven + two)", ValueType.DOUBLE, 3.0),
        of("POWER(two, 10)", ValueType.DOUBLE, 1024.0),
        of("EXP(0)", ValueType.DOUBLE, 1.0),
        of("LN(1)", ValueType.DOUBLE, 0.0),
        of("LOG10(1000)", ValueType.DOUBLE, StrictMath.log10(1000)),
        of("ROUND(price)", ValueType.DOUBLE, 20.0),
        of("ROUND(price, 1)", ValueType.DOUBLE, 20.0),
        of("FLOOR(price)", ValueType.DOUBLE, 19.0),
        of("CEIL(price)", ValueType.DOUBLE, 20.0),
        of("FLOOR(-0.5)", ValueType.DOUBLE, -1.0),
        of("CEIL(-0.5)", ValueType.DOUBLE, 0.0),
        of("SIGN(-seven)", ValueType.INT32, -1),
        of("GREATEST(two, seven)", ValueType.INT32, 7),
        of("GREATEST(two, price)", ValueType.DOUBLE, 19.99),
        of("LEAST(two, nothing)", ValueType.INT32, null),
        // Decimals.
        of("amount + amount", ValueType.decimal(11, 2), new BigDecimal("2.20")),
        of("amount * rate", ValueType.decimal(15, 6), new BigDecimal("0.275000")),
        of("amount - 1", ValueType.decimal(13, 2), new BigDecimal("0.10")),
        of("amount * two", ValueType.decimal(20, 2), new BigDecimal("2.20")),
        of("amount * 2.0", ValueType.DOUBLE, 2.2),
        of("amount / two", ValueType.DOUBLE, 0.55),
        of(
            "CAST(amount / rate AS DECIMAL(10, 3))",
            ValueType.decimal(10, 3),
            new BigDecimal("4.400")),
        of("CAST(price AS DECIMAL(10, 1))", ValueType.decimal(10, 1), new BigDecimal("20.0")),
        of("CAST(0.1 AS DECIMAL(10, 3))", ValueType.decimal(10, 3), new BigDecimal("0.100")),
        of("ABS(-amount)", ValueType.decimal(10, 2), new BigDecimal("1.10")),
        of(
            "big",
            ValueType.decimal(38, 0),
            new BigDecimal("99999999999999999999999999999999999999")),
        // Comparisons.
        of("amount = 1.1", ValueType.BOOL, true),
        of("amount = 1.10", ValueType.BOOL, true),
        of("amount > 1", ValueType.BOOL, true),
        of("amount < 1.11", ValueType.BOOL, true),
        of("amount = 1.11", ValueType.BOOL, false),
        of("amount > rate", ValueType.BOOL, true),
        of("1.1 = amount", ValueType.BOOL, true),
        of("price = 19.99", ValueType.BOOL, true),
        of("price > 19", ValueType.BOOL, true),
        of("half = 0.5", ValueType.BOOL, true),
        of("half < price", ValueType.BOOL, true),
        of("two = 2.0", ValueType.BOOL, true),
        of("two < 2.5", ValueType.BOOL, true),
        of("two <> ten64", ValueType.BOOL, true),
        of("two != 2", ValueType.BOOL, false),
        of("max64 = 9223372036854775807", ValueType.BOOL, true),
        of("big > max64", ValueType.BOOL, true),
        of("-zero = 0.0", ValueType.BOOL, true),
        of("name = 'São Paulo'", ValueType.BOOL, true),
        of("word = 'abc '", ValueType.BOOL, false),
        of("word < 'abd'", ValueType.BOOL, true),
        of("word >= 'abc'", ValueType.BOOL, true),
        of("word > 'ab'", ValueType.BOOL, true),
        // By code point: what UTF-16 puts first for its surrogates comes last.
        of("'\uFFFD' < '\uD83D\uDE00'", ValueType.BOOL, true),
        of("'\uD83D\uDE00' <= '\uE000'", ValueType.BOOL, false),
        of("'\uD83D\uDE01' > '\uD83D\uDE00'", ValueType.BOOL, true),
        of("GREATEST('\uFFFD', '\uD83D\uDE00')", ValueType.STRING, "\uD83D\uDE00"),
        of("nowhere < 'a'", ValueType.BOOL, null),
        of("nothing = 1", ValueType.BOOL, null),
        of("two BETWEEN 1 AND 2", ValueType.BOOL, true),
        of("two NOT BETWEEN 1 AND 2", ValueType.BOOL, false),
        of("price BETWEEN 19 AND 20.5", ValueType.BOOL, true),
        of("word IN ('a', 'abc', 'abcdef')", ValueType.BOOL, true),
        of("word IN ('a', 'ab')", ValueType.BOOL, false),
        of("word NOT IN ('a', 'ab')", ValueType.BOOL, true),
        of("two IN (1, nothing)", ValueType.BOOL, null),
        of("two IN (2, nothing)", ValueType.BOOL, true),
        of("two NOT IN (1, nothing)", ValueType.BOOL, null),
        of("two IN (1.5, 2.0)", ValueType.BOOL, true),
        of("nothing IS DISTINCT FROM 1", ValueType.BOOL, true),
        of("nothing IS NOT DISTINCT FROM nothing", ValueType.BOOL, true),
        // Three-valued logic.
        of("maybe AND off", ValueType.BOOL, false),
        of("maybe AND yes", ValueType.BOOL, null),
        of("maybe OR yes", ValueType.BOOL, true),
        of("maybe OR off", ValueType.BOOL, null),
        of("NOT maybe", ValueType.BOOL, null),
        of("NOT off", ValueType.BOOL, true),
        of("maybe IS NULL", ValueType.BOOL, true),
        of("yes IS NOT NULL", ValueType.BOOL, true),
        of("maybe IS TRUE", ValueType.BOOL, false),
        of("maybe IS NOT TRUE", ValueType.BOOL, true),
        of("raw IS NOT NULL", ValueType.BOOL, true),
        of("tags IS NULL", ValueType.BOOL, false),
        of("tags", ValueType.arrayOf(ValueType.STRING), List.of("a")),
        // Conditionals.
        of("CASE WHEN two = 2 THEN 'a' ELSE 'abc' END", ValueType.STRING, "a"),
        of("CASE WHEN two = 2 THEN 1 ELSE 2.5 END", ValueType.DOUBLE, 1.0),
        of("CASE WHEN maybe THEN 1 END", ValueType.INT32, null),
        of("CASE two WHEN 1 THEN 'one' WHEN 2 THEN 'two' END", ValueType.STRING, "two"),
        of("COALESCE(nothing, two)", ValueType.INT32, 2),
        of("COALESCE(nothing, 1.5)", ValueType.DOUBLE, 1.5),
        of("COALESCE(nowhere, 'x')", ValueType.STRING, "x"),
        of("COALESCE(word, 'x')", ValueType.STRING, "abc"),
        of("NULLIF(two, 2)", ValueType.INT32, null),
        of("NULLIF(seven, 2)", ValueType.INT32, 7),
        of("CASE WHEN zero <> 0 THEN price / zero ELSE 0.0 END", ValueType.DOUBLE, 0.0),
        // Texts.
        of("UPPER(word) || '-' || LOWER('X')", ValueType.STRING, "ABC-x"),
        of("nowhere || 'x'", ValueType.STRING, null),
        of("TRIM(number)", ValueType.STRING, "42"),
        of("TRIM(LEADING 'a' FROM word)", ValueType.STRING, "bc"),
        of("SUBSTRING(word FROM 2)", ValueType.STRING, "bc"),
        of("SUBSTRING(word, 1, 2)", ValueType.STRING, "ab"),
        of("CHAR_LENGTH(name)", ValueType.INT32, 9),
        of("POSITION('c' IN word)", ValueType.INT32, 3),
        of("REPLACE(word, 'b', 'xx')", ValueType.STRING, "axxc"),
        of("word LIKE 'a%'", ValueType.BOOL, true),
        of("word LIKE '_b_'", ValueType.BOOL, true),
        of("word NOT LIKE '%z%'", ValueType.BOOL, true),
        of("nowhere LIKE '%z%'", ValueType.BOOL, null),
        // Casts.
        of("CAST(price AS INTEGER)", ValueType.INT32, 19),
        of("CAST(-price AS BIGINT)", ValueType.INT64, -19L),
        of("CAST(number AS INTEGER)", ValueType.INT32, 42),
        of("CAST(two AS DOUBLE)", ValueType.DOUBLE, 2.0),
        of("CAST(two AS BIGINT)", ValueType.INT64, 2L),
        of("CAST(price AS REAL)", ValueType.FLOAT, 19.99f),
        of("CAST(two AS VARCHAR)", ValueType.STRING, "2"),
        of("CAST(amount AS VARCHAR)", ValueType.STRING, "1.10"),
        of("CAST(amount AS DOUBLE)", ValueType.DOUBLE, 1.1),
        of("CAST(yes AS VARCHAR)", ValueType.STRING, "TRUE"),
        of("CAST('true' AS BOOLEAN)", ValueType.BOOL, true),
        of("CAST(NULL AS DOUBLE)", ValueType.DOUBLE, null),
        // Time.
        of("EXTRACT(YEAR FROM moment)", ValueType.INT64, 2024L),
        of("EXTRACT(MONTH FROM moment)", ValueType.INT64, 2L),
        of("EXTRACT(DAY FROM moment)", ValueType.INT64, 29L),
        of("EXTRACT(HOUR FROM moment)", ValueType.INT64, 12L),
        of("EXTRACT(MINUTE FROM moment)", ValueType.INT64, 34L),
        of("EXTRACT(SECOND FROM moment)", ValueType.INT64, 56L),
        of("EXTRACT(DOW FROM moment)", ValueType.INT64, 5L),
        of("EXTRACT(YEAR FROM earlier)", ValueType.INT64, 1969L),
        of("EXTRACT(HOUR FROM earlier)", ValueType.INT64, 23L),
        of("EXTRACT(SECOND FROM earlier)", ValueType.INT64, 59L),
        of("TIMESTAMPDIFF(DAY, earlier, moment)", ValueType.INT32, 19782),
        of("TIMESTAMPDIFF(HOUR, moment, earlier)", ValueType.INT32, -474780),
        of("TIMESTAMPDIFF(SECOND, earlier, moment)", ValueType.INT32, 1_709_210_096),
        of("TIMESTAMPDIFF(MONTH, earlier, moment)", ValueType.INT32, 649),
        of("TIMESTAMPADD(DAY, 1, moment)", ValueType.TIMESTAMP, LEAP_DAY + 86_400_000L),
        of("TIMESTAMPADD(MONTH, 12, moment)", ValueType.TIMESTAMP, 1_740_746_096_789L),
        of("moment + INTERVAL '1' HOUR", ValueType.TIMESTAMP, LEAP_DAY + 3_600_000L),
        of("moment > earlier", ValueType.BOOL, true),
        of("moment > TIMESTAMP '2024-02-29 00:00:00'", ValueType.BOOL, true),
        of("FLOOR(moment TO DAY)", ValueType.TIMESTAMP, 1_709_164_800_000L),
        // Nulls.
        of("nothing + 1", ValueType.INT32, null),
        of("void * price", ValueType.DOUBLE, null),
        of("nothing / 0", ValueType.DOUBLE, null));
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        of("two / 0", ValueType.DOUBLE, null),
        of("0 / 0", ValueType.DOUBLE, null),
        of("price / zero", ValueType.DOUBLE, null),
        of("amount / (amount - amount)", ValueType.decimal(24, 14), null),
        of("MOD(seven, two - 2)", ValueType.INT32, null),
        of("max32 + 1", ValueType.INT32, null),
        of("max32 * 2", ValueType.INT32, null),
        of("-max32 - 2", ValueType.INT32, null),
        of("max64 + 1", ValueType.INT64, null),
        of("max64 * 2", ValueType.INT64, null),
        of("-min64", ValueType.INT64, null),
        of("ABS(min64)", ValueType.INT64, null),
        of("min64 - 1", ValueType.INT64, null),
        of("huge * 10", ValueType.DOUBLE, null),
        of("huge + huge", ValueType.DOUBLE, null),
        of("big + 1", ValueType.decimal(38, 0), null),
        of("SQRT(-seven)", ValueType.DOUBLE, null),
        of("LN(0)", ValueType.DOUBLE, null),
        of("POWER(0, -1)", ValueType.DOUBLE, null),
        of("EXP(1000)", ValueType.DOUBLE, null),
        of("CAST(max64 AS INTEGER)", ValueType.INT32, null),
        of("CAST(huge AS BIGINT)", ValueType.INT64, null),
        of("CAST(huge AS REAL)", ValueType.FLOAT, null),
        of("CAST(word AS INTEGER)", ValueType.INT32, null),
        of("CAST(price AS DECIMAL(2, 1))", ValueType.decimal(2, 1), null),
        of("CAST(word AS BOOLEAN)", ValueType.BOOL, null),
        of("TIMESTAMPDIFF(SECOND, TIMESTAMP '0001-01-01 00:00:00', moment)", ValueType.INT32, null),
        of("SUBSTRING(word, 1, -1)", ValueType.STRING, null),
        of("COALESCE(two / 0, 1.0)", ValueType.DOUBLE, 1.0),
        of("two / 0 > 1 OR yes", ValueType.BOOL, true));
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void hasValue(String sql, ValueType type, Object expected) {
    CompiledExpression expression = ExpressionCompiler.compile(sql, ROW);

    Object value = expression.evaluate(VALUES);

    assertThat(expression.type()).isEqualTo(type);
    assertThat(value).isEqualTo(expected);
    assertThat(expression.faults()).isZero();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void countsWhatItCannotCompute(String sql, ValueType type, Object expected) {
    CompiledExpression expression = ExpressionCompiler.compile(sql, ROW);

    Object value = expression.evaluate(VALUES);

    assertThat(expression.type()).isEqualTo(type);
    assertThat(value).isEqualTo(expected);
    assertThat(expression.faults()).isPositive();
  }

  private static Arguments of(String sql, ValueType type, Object expected) {
    return arguments(sql, type, expected);
  }

  private static Field field(String name, ValueType type) {
    return new Field(name, type, true);
  }
}
