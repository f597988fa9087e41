// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Field;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedExpressionsTest {
  private static final List<Field> ROW =
      List.of(
          new Field("quantity", ValueType.INT32, false),
          new Field("unit_price", ValueType.DOUBLE, false),
          new Field("status", ValueType.STRING, true),
          new Field("event_time", ValueType.TIMESTAMP, false),
          new Field("value", ValueType.DOUBLE, true),
          new Field("raw", ValueType.BYTES, true));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "quantty + 1                    | 0  | the unknown name 'quantty' | did you mean 'quantity'",
        "quantity + Unit_Price          | 11 | the unknown name 'Unit_Price' | did you mean 'unit_price'",
        "quantity * zebra               | 11 | the unknown name 'zebra' | known here: quantity",
        "event.quantity                 | 0  | the name 'event.quantity' | bare name",
        "quantity + (1                  | 11 | a '(' that is not closed | unbalanced parenthesis",
        "quantity + 1)                  | 12 | a ')' that closes nothing | unbalanced parenthesis",
        "status = 'a                    | 9  | a ' that is not closed | written twice",
        "quantity +                     | 0  | an expression that ends too early | ",
        "quantity quantity              | 9  | 'quantity', which does not fit there | ",
        "value + 1                      | 0  | 'value', which does not fit there | write `value`",
        "1 + status                     | 0  | Cannot apply '+' | ",
        "status = 5                     | 0  | STRING compared with INT32 | CAST one of them",
        "status / 5                     | 0  | Cannot apply '/' | ",
        "UPPER(quantity)                | 0  | Cannot apply 'UPPER' | ",
        "SUM(quantity)                  | 0  | the aggregate 'SUM' inside an expression | stands alone",
        "quantity > (SELECT 1)          | 0  | a subquery | one row",
        "quantity IN (SELECT 1)         | 0  | a subquery | one row",
        "EXISTS (SELECT 1)              | 0  | a subquery | one row",
        "RANK() OVER (ORDER BY quantity) | 0 | a window function | windows are features",
        "RAND() * quantity              | 0  | 'RAND', whose value is another one | function of events",
        "event_time > CURRENT_TIMESTAMP | 13 | 'CURRENT_TIMESTAMP', whose value is another one | function of events",
        "CURRENT_DATE                   | 0  | 'CURRENT_DATE', whose value is another one | function of events",
        "NOW()                          | 0  | 'NOW', whose value is another one | function of events",
        "RAND_INTEGER(3)                | 0  | 'RAND_INTEGER', whose value is another one | function of events",
        "UPER(status)                   | 0  | the function 'UPER' | did you mean 'UPPER'",
        "reflect('java.lang.System')    | 0  | the function 'reflect' | functions: ABS",
        "raw = raw                      | 0  | 'raw', which is BYTES | only pass such a value on",
        "CAST(quantity AS CHAR(3))      | 17 | the type CHAR | types to cast to",
        "quantity = ?                   | 11 | a parameter '?' | one row",
        "quantity -- a comment          | 9  | a comment | into the YAML",
        "CAST(1 AS DECIMAL(2, 5))       | 0  | 'CAST(1 AS DECIMAL(2, 5))', whose type is | an expression is a BOOL",
        "DATE '2024-01-01'              | 0  | 'DATE '2024-01-01'', whose type is DATE | an expression is a BOOL",
        "ROW(1, 2)                      | 0  | the function 'ROW' | functions: ABS",
        "NULL                           | 0  | 'NULL', whose type is | an expression is a BOOL",
      })
  void saysWhatAndWhere(String sql, int position, String message, String hint) {
    ExpressionException refused = refuse(sql);

    assertThat(refused).hasMessageContaining(message);
    assertThat(refused.position()).as(sql).isBetween(0, sql.length() - 1);
    if (position > 0) {
      assertThat(refused.position()).as(sql).isEqualTo(position);
    }
    if (hint == null) {
      assertThat(refused.hint()).isNull();
    } else {
      assertThat(refused.hint()).contains(hint);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void refusesNothingAtAll(String sql) {
    assertThat(refuse(sql)).hasMessage("an empty expression");
  }

  @Test
  void refusesMoreValuesThanCompileWell() {
    String sql = "quantity IN (0" + ", 1".repeat(100) + ")";

    assertThat(refuse(sql)).hasMessage("IN with 101 values");
    assertThat(ExpressionCompiler.analyze(sql.replaceFirst(", 1", ""), ROW).type())
        .isEqualTo(ValueType.BOOL);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 100_000})
  void survivesAbsurdDepth(int depth) {
    String sql = "(".repeat(depth) + "quantity" + ")".repeat(depth) + " + status";

    assertThat(refuse(sql)).isNotNull();
  }

  private static ExpressionException refuse(String sql) {
    return catchThrowableOfType(
        ExpressionException.class, () -> ExpressionCompiler.analyze(sql, ROW));
  }
}
