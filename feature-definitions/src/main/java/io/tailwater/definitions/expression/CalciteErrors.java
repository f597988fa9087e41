// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParseException;
import org.jspecify.annotations.Nullable;

/** Calcite's complaints in our words. */
final class CalciteErrors {
  private static final Pattern NO_MATCH =
      Pattern.compile("No match found for function signature ([^(]+)\\((.*)\\)");
  private static final Set<String> MORE_RESERVED = Set.of("VALUE", "ROW", "PERCENT", "MOD");

  private CalciteErrors() {}

  static ExpressionException ofParser(String sql, SqlParseException e) {
    int position = e.getPos() == null ? 0 : Positions.indexOf(sql, e.getPos());
    String message = firstLine(e);
    if (message.contains("<EOF>")) {
      return new ExpressionException("an expression that ends too early", position, null);
    }
    String word = wordAt(sql, position);
    return new ExpressionException(
        word.isEmpty() ? message : "'%s', which does not fit there".formatted(word),
        position,
        reservedWordHint(word));
  }

  static ExpressionException ofValidator(String sql, CalciteContextException e) {
    Throwable cause = e.getCause();
    String message =
        cause == null || cause.getMessage() == null ? firstLine(e) : cause.getMessage();
    return new ExpressionException(
        NO_MATCH
            .matcher(message.lines().findFirst().orElse("an invalid expression"))
            .replaceFirst("Cannot apply '$1' to arguments of type '$2'"),
        Positions.indexOf(sql, e.getPosLine(), e.getPosColumn()),
        null);
  }

  static ExpressionException ofAnything(Throwable e) {
    return new ExpressionException(
        "an expression that cannot be compiled (%s)".formatted(firstLine(e)), 0, null);
  }

  private static @Nullable String reservedWordHint(String word) {
    return isReserved(word)
        ? "%s is a word of SQL: as the name of a field write `%s`"
            .formatted(word.toUpperCase(Locale.ROOT), word)
        : null;
  }

  private static boolean isReserved(String word) {
    Set<String> reserved = SqlAbstractParserImpl.getSql92ReservedWords();
    return reserved.contains(word.toUpperCase(Locale.ROOT))
        || MORE_RESERVED.contains(word.toUpperCase(Locale.ROOT));
  }

  private static String wordAt(String sql, int position) {
    int end = position;
    while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end))) {
      end++;
    }
    return end == position && position < sql.length()
        ? sql.substring(position, position + 1)
        : sql.substring(position, end);
  }

  private static String firstLine(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
