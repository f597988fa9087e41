// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.model.Field;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Expressions become Java code. What an author writes into one must stay a value: nothing of it may
 * run, and nothing outside the row may be called.
 */
class SandboxTest {
  private static final String MARK = "tailwater.sandbox.left";

  /** Java that leaves a mark. */
  private static final String ATTACK = "System.setProperty(\"%s\", \"1\")".formatted(MARK);

  private static final List<Field> ROW =
      List.of(
          new Field("status", ValueType.STRING, true),
          new Field("quantity", ValueType.INT64, true));

  @AfterEach
  void nothingHasRun() {
    assertThat(System.clearProperty(MARK)).as("the mark of code that ran").isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\" + %s + \"",
        "\\\" + %s + \\\"",
        "\\u0022 + %s + \\u0022",
        "\\\\u0022 + %s + \\\\u0022",
        "\\uu0022 + %s + \\uu0022",
        "\n\"; %s; //",
        "\\u000a\"; %s; //",
        "*/ %s /*",
        "${%s}",
        "#{%s}",
        "${jndi:ldap://localhost/a}",
        "\u2028\" + %s + \"",
        "\0\" + %s + \"",
        "\ud800\" + %s + \"",
      })
  void textIsText(String template) {
    String text = template.formatted(ATTACK);
    String literal = "'%s'".formatted(text);

    assertThat(value("status || %s".formatted(literal), text)).isEqualTo(text + text);
    assertThat(value("status = %s".formatted(literal), text)).isEqualTo(true);
    assertThat(
            value(
                "CASE WHEN status = %s THEN UPPER(%s) ELSE 'no' END".formatted(literal, literal),
                text))
        .isEqualTo(text.toUpperCase(Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "System.exit(1)",
        "java.lang.System.exit(1)",
        "`java.lang.System.exit`(1)",
        "`java`.`lang`.`System`.`exit`(1)",
        "JAVA_METHOD('java.lang.System', 'exit', 1)",
        "java_method('java.lang.System', 'exit')",
        "REFLECT('java.lang.System', 'exit', 1)",
        "\"status\"; System.exit(1)",
        "{fn USER()}",
        "USER",
        "CURRENT_USER",
        "SYSTEM_USER",
        "VERSION()",
        "LOAD_FILE('/etc/passwd')",
        "XMLTRANSFORM(status, status)",
        "EXTRACTVALUE(status, '/a')",
        "XMLEXTRACT(status, '/a')",
        "EXISTSNODE(status, '/a')",
        "JSON_VALUE(status, '$.a')",
        "PARSE_URL(status, 'HOST')",
        "FROM_BASE64(status)",
        "COMPRESS(status)",
        "NEXT VALUE FOR sequence",
        "DEFAULT",
        "CAST(status AS java.lang.Object)",
        "CAST(status AS OTHER)",
        "(TABLE emp)",
        "STREAM orders",
        "status COLLATE x",
        "quantity::int",
        "new java.io.File(status)",
      })
  void nothingOutsideOfTheRowCanBeCalled(String sql) {
    assertThatThrownBy(() -> ExpressionCompiler.compile(sql, ROW))
        .isInstanceOf(ExpressionException.class);
  }

  @Test
  void namesOfFieldsAreNoCode() {
    String name = "a\"); %s; (\"".formatted(ATTACK);
    List<Field> row = List.of(new Field(name, ValueType.STRING, true));
    assertThat(ExpressionCompiler.compile("`%s`".formatted(name), row).evaluate(new Object[] {"x"}))
        .isEqualTo("x");
  }

  private static Object value(String sql, String status) {
    return ExpressionCompiler.compile(sql, ROW).evaluate(new Object[] {status, 1L});
  }
}
