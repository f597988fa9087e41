// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import io.tailwater.aggregation.AggregateFunction;
import io.tailwater.definitions.CallText.Argument;
import io.tailwater.definitions.expression.Suggestions;
import io.tailwater.definitions.expression.TypedExpression;
import io.tailwater.definitions.model.Aggregate;
import io.tailwater.definitions.model.Expression;
import io.tailwater.definitions.model.Field;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads an aggregate as a definition writes it: {@code count(*)}, {@code sum(quantity *
 * unit_price)}, {@code count(distinct product_id)}, {@code last_n(product_id, 5)}.
 */
final class AggregateCall {
  private static final Pattern CALL =
      Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*\\((.*)\\)\\s*", Pattern.DOTALL);
  private static final Pattern DISTINCT =
      Pattern.compile("\\s*distinct\\b(.*)", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,20}(\\.\\d{1,20})?");
  private static final String DISTINCT_COUNT = "count(distinct)";
  private static final List<String> NAMES =
      Arrays.stream(AggregateFunction.values())
          .filter(function -> function != AggregateFunction.COUNT_DISTINCT)
          .map(AggregateFunction::sqlName)
          .distinct()
          .toList();
  private static final String EXPECTED = "an aggregate such as count(*), sum(x) or last_n(x, 5)";

  private final YamlValue value;
  private final List<Field> row;
  private final String name;
  private final int offset;

  private AggregateCall(YamlValue value, List<Field> row, String name, int offset) {
    this.value = value;
    this.row = row;
    this.name = name;
    this.offset = offset;
  }

  /** The aggregate; empty, with a problem added, if it is none. */
  static Optional<Aggregate> read(YamlValue value, List<Field> row) {
    Optional<String> text = value.asText(EXPECTED);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher call = CALL.matcher(text.get());
    if (!call.matches()) {
      value.problem(value.describe(), EXPECTED, parenthesisHint(text.get()));
      return Optional.empty();
    }
    if (CallText.closesEarly(call.group(2))) {
      value.problem(
          "%s, which is more than one aggregate".formatted(value.describe()),
          EXPECTED,
          "name each aggregate as a feature and combine them in a feature with 'expression:'");
      return Optional.empty();
    }
    String name = call.group(1).toLowerCase(Locale.ROOT);
    return new AggregateCall(value, row, name, call.start(2)).read(CallText.split(call.group(2)));
  }

  /** The function as definitions call it. */
  static String nameOf(AggregateFunction function) {
    return function == AggregateFunction.COUNT_DISTINCT ? DISTINCT_COUNT : function.sqlName();
  }

  private Optional<Aggregate> read(List<Argument> arguments) {
    Optional<AggregateFunction> named = AggregateFunction.ofColumn(name);
    Matcher distinct = DISTINCT.matcher(arguments.get(0).sql());
    if (named.isEmpty() || named.get() == AggregateFunction.COUNT_DISTINCT) {
      value.problem(
          "the unknown aggregate '%s'".formatted(name),
          "one of " + NAMES.stream().sorted().collect(Collectors.joining(", ")),
          named.isPresent()
              ? "write count(distinct …)"
              : Suggestions.didYouMean(name, NAMES).orElse(null));
      return Optional.empty();
    }
    if (arguments.get(0).sql().strip().equals("*")) {
      return countAll(named.get(), arguments);
    }
    if (!distinct.matches()) {
      return over(named.get(), arguments, arguments.get(0));
    }
    if (named.get() != AggregateFunction.COUNT) {
      value.problem(
          "%s(distinct …)".formatted(name), "DISTINCT in count only", named.get().expectation());
      return Optional.empty();
    }
    return over(
        AggregateFunction.COUNT_DISTINCT,
        arguments,
        new Argument(arguments.get(0).offset() + distinct.start(1), distinct.group(1)));
  }

  private Optional<Aggregate> countAll(AggregateFunction function, List<Argument> arguments) {
    if (function != AggregateFunction.COUNT) {
      value.problem("'%s(*)'".formatted(name), "'*' in count(*) only", function.expectation());
      return Optional.empty();
    }
    return parameter(AggregateFunction.COUNT_ALL, arguments).map(none -> Aggregate.countAll());
  }

  private Optional<Aggregate> over(
      AggregateFunction function, List<Argument> arguments, Argument input) {
    Optional<Parameter> parameter = parameter(function, arguments);
    Optional<TypedExpression> typed =
        ExpressionReader.analyze(value, input.sql(), offset + input.offset(), row);
    if (parameter.isEmpty() || typed.isEmpty()) {
      return Optional.empty();
    }
    Expression expression = new Expression(input.sql().strip(), typed.get().type());
    if (function.resultType(expression.type()).isEmpty()) {
      value.problem(
          "%s of '%s', which is %s"
              .formatted(nameOf(function), expression.sql(), expression.type()),
          "an argument that fits",
          function.expectation());
      return Optional.empty();
    }
    return Optional.of(new Aggregate(function, parameter.get().value(), expression, null));
  }

  /** The second argument, or that there is none, as the function wants it. */
  private Optional<Parameter> parameter(AggregateFunction function, List<Argument> arguments) {
    boolean wanted = function.parameter() != AggregateFunction.Parameter.NONE;
    if (arguments.size() != (wanted ? 2 : 1)) {
      value.problem(
          arguments.size() == 1
              ? "no second argument of " + name
              : "%d arguments of %s".formatted(arguments.size(), name),
          wanted
              ? "a second argument: " + function.parameter().expectation()
              : function.parameter().expectation(),
          function.expectation());
      return Optional.empty();
    }
    if (!wanted) {
      return Optional.of(new Parameter(null));
    }
    Argument second = arguments.get(1);
    String text = second.sql().strip();
    BigDecimal number = NUMBER.matcher(text).matches() ? plain(new BigDecimal(text)) : null;
    if (number == null || !function.parameter().accepts(number)) {
      value.problemAt(
          offset + second.offset() + second.sql().indexOf(text),
          "'%s' as the second argument of %s".formatted(text, name),
          function.parameter().expectation(),
          null);
      return Optional.empty();
    }
    return Optional.of(new Parameter(number));
  }

  private record Parameter(@Nullable BigDecimal value) {}

  /** Equal numbers are equal parameters: 0.50 is 0.5, and 10 is not 1E+1. */
  private static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static @Nullable String parenthesisHint(String text) {
    return text.contains("(") && !text.strip().endsWith(")")
        ? "unbalanced parenthesis; inside {…} an expression with a comma wants quotes, or YAML ends"
            + " it there"
        : null;
  }
}
