// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.aggregation.ValueType;
import io.tailwater.definitions.expression.Suggestions;
import io.tailwater.definitions.expression.TypedExpression;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Field;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate as a definition writes it: {@code count(*)}, {@code sum(quantity * unit_price)}.
 *
 * @param input null for {@code count(*)} and only for it
 * @param type the type of the feature's values
 */
record AggregateCall(AggregateFunction function, @Nullable Expression input, ValueType type) {
  private static final Pattern CALL =
      Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*\\((.*)\\)\\s*", Pattern.DOTALL);
  private static final Pattern DISTINCT =
      Pattern.compile("\\s*distinct\\b.*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  private static final String SUPPORTED = "count(*), count(x), sum(x), avg(x), min(x) or max(x)";
  private static final Set<String> NAMES = Set.of("count", "sum", "avg", "min", "max");

  /** The call; empty, with a problem added, if it is none. */
  static Optional<AggregateCall> read(YamlValue value, List<Field> row) {
    Optional<String> text = value.asText(SUPPORTED);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher call = CALL.matcher(text.get());
    if (!call.matches()) {
      value.problem(value.describe(), SUPPORTED, parenthesisHint(text.get()));
      return Optional.empty();
    }
    if (closesEarly(call.group(2))) {
      value.problem(
          "%s, which is more than one aggregate".formatted(value.describe()),
          SUPPORTED,
          "name each aggregate as a feature and combine them in a feature with 'expression:'");
      return Optional.empty();
    }
    return read(value, call, row);
  }

  private static Optional<AggregateCall> read(YamlValue value, Matcher call, List<Field> row) {
    String name = call.group(1).toLowerCase(Locale.ROOT);
    String argument = call.group(2);
    Optional<AggregateFunction> function = AggregateFunction.ofColumn(name);
    if (function.isEmpty()) {
      value.problem(
          "the aggregate '%s', which this version does not support".formatted(call.group(1)),
          SUPPORTED,
          Suggestions.didYouMean(name, NAMES).orElse(null));
      return Optional.empty();
    }
    if (argument.strip().equals("*")) {
      return countAll(value, function.get());
    }
    if (DISTINCT.matcher(argument).matches()) {
      value.problem("DISTINCT, which this version does not support", SUPPORTED);
      return Optional.empty();
    }
    return ExpressionReader.analyze(value, argument, call.start(2), row)
        .flatMap(typed -> over(value, function.get(), argument.strip(), typed));
  }

  private static Optional<AggregateCall> countAll(YamlValue value, AggregateFunction function) {
    if (function != AggregateFunction.COUNT) {
      value.problem(
          "'%s(*)'".formatted(function.sqlName()), "'*' in count(*) only", function.expectation());
      return Optional.empty();
    }
    return Optional.of(new AggregateCall(AggregateFunction.COUNT_ALL, null, ValueType.INT64));
  }

  private static Optional<AggregateCall> over(
      YamlValue value, AggregateFunction function, String argument, TypedExpression typed) {
    Optional<ValueType> type = function.resultType(typed.type());
    if (type.isEmpty()) {
      value.problem(
          "%s of '%s', which is %s".formatted(function.sqlName(), argument, typed.type()),
          "an argument that fits",
          function.expectation());
    }
    return type.map(
        result -> new AggregateCall(function, new Expression(argument, typed.type()), result));
  }

  /** Whether the parenthesis of the call is closed before its end: {@code sum(a) + sum(b)}. */
  private static boolean closesEarly(String argument) {
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < argument.length(); i++) {
      char c = argument.charAt(i);
      if (c == '\'') {
        quoted = !quoted;
      } else if (!quoted && c == '(') {
        depth++;
      } else if (!quoted && c == ')' && --depth < 0) {
        return argument.indexOf('(', i) >= 0;
      }
    }
    return false;
  }

  private static @Nullable String parenthesisHint(String text) {
    return text.contains("(") && !text.strip().endsWith(")")
        ? "unbalanced parenthesis; inside {…} an expression with a comma wants quotes, or YAML ends"
            + " it there"
        : null;
  }
}
