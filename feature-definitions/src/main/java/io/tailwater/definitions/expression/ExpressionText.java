// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

/**
 * The text of an expression, checked for what a parser explains badly: quotes and parentheses that
 * do not pair.
 */
final class ExpressionText {
  private final String sql;
  private final StringBuilder normalized;

  private ExpressionText(String sql) {
    this.sql = sql;
    this.normalized = new StringBuilder(sql);
  }

  /**
   * The expression with names quoted by backticks where the author used double quotes: both are
   * accepted. Every character keeps its position, except that comments are refused.
   *
   * @throws ExpressionException if a quote or a parenthesis has no partner
   */
  static String normalize(String sql) {
    return new ExpressionText(sql).scan();
  }

  private String scan() {
    if (sql.isBlank()) {
      throw new ExpressionException("an empty expression", 0, null);
    }
    int opened = 0;
    int firstOpen = -1;
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (c == '\'' || c == '"' || c == '`') {
        i = skipQuoted(i);
      } else if (c == '(') {
        firstOpen = opened == 0 ? i : firstOpen;
        opened++;
      } else if (c == ')') {
        opened--;
        if (opened < 0) {
          throw unbalanced("a ')' that closes nothing", i);
        }
      } else if (isComment(i)) {
        throw new ExpressionException(
            "a comment", i, "put comments into the YAML, behind '#', not into an expression");
      }
    }
    if (opened > 0) {
      throw unbalanced("a '(' that is not closed", firstOpen);
    }
    return normalized.toString();
  }

  private int skipQuoted(int start) {
    char quote = sql.charAt(start);
    int end = start + 1;
    while (end < sql.length()) {
      if (sql.charAt(end) != quote) {
        end++;
      } else if (end + 1 < sql.length() && sql.charAt(end + 1) == quote) {
        end += 2;
      } else {
        break;
      }
    }
    if (end >= sql.length()) {
      throw new ExpressionException(
          "a %c that is not closed".formatted(quote),
          start,
          quote == '\'' ? "a quote inside a text is written twice: 'it''s'" : null);
    }
    if (quote == '"') {
      normalized.setCharAt(start, '`');
      normalized.setCharAt(end, '`');
    }
    return end;
  }

  private boolean isComment(int index) {
    return sql.startsWith("--", index)
        || sql.startsWith("//", index)
        || sql.startsWith("/*", index);
  }

  private static ExpressionException unbalanced(String found, int position) {
    return new ExpressionException(
        found,
        position,
        "unbalanced parenthesis; inside {…} an expression with a comma wants quotes,"
            + " or YAML ends it there");
  }
}
