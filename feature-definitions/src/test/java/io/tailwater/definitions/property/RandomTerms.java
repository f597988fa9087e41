// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.property;

import io.tailwater.aggregation.ValueType;
import io.tailwater.aggregation.ValueType.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** Random predicates and values over given leaves. */
final class RandomTerms {
  private static final String[] COMPARISONS = {"=", "<>", "<", "<=", ">", ">="};
  private static final Set<Kind> OPAQUE = EnumSet.of(Kind.BYTES, Kind.ARRAY, Kind.MAP);

  private final Random random;
  private final List<Term> leaves;

  RandomTerms(Random random, List<Term> leaves) {
    this.random = random;
    this.leaves = leaves;
  }

  /** A value of a wanted type; empty if no leaf is of one. */
  Optional<Term> value(Predicate<ValueType> wanted) {
    List<Term> fitting = leaves.stream().filter(leaf -> wanted.test(leaf.type())).toList();
    if (fitting.isEmpty()) {
      return Optional.empty();
    }
    Term leaf = pick(fitting);
    Term wrapped = OPAQUE.contains(leaf.type().kind()) ? leaf : wrap(leaf);
    return Optional.of(wanted.test(wrapped.type()) ? wrapped : leaf);
  }

  /** A condition of up to {@code depth} connectives upon each other. */
  Term predicate(int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return simple(pick(leaves));
    }
    Term left = predicate(depth - 1);
    return switch (random.nextInt(5)) {
      case 0 ->
          new Term(
              ValueType.BOOL,
              "(NOT " + left.sql() + ")",
              "(NOT " + left.duck() + ")",
              row -> Logic.not((Boolean) left.of(row)));
      case 1 -> test(left);
      case 2, 3 -> connect(left, "AND", predicate(depth - 1));
      default -> connect(left, "OR", predicate(depth - 1));
    };
  }

  private Term wrap(Term leaf) {
    Term other = sameType(leaf);
    return switch (random.nextInt(9)) {
      case 0 -> choice(predicate(1), leaf, other);
      case 1 -> choice(predicate(1), leaf, null);
      case 2 ->
          new Term(
              leaf.type(),
              "COALESCE(%s, %s)".formatted(leaf.sql(), other.sql()),
              "COALESCE(%s, %s)".formatted(leaf.duck(), other.duck()),
              row -> leaf.of(row) == null ? widened(other.of(row), leaf.type()) : leaf.of(row));
      case 3 -> nullIf(leaf, Literals.of(random, leaf.type()));
      case 4, 5 -> computed(leaf, other);
      case 6 -> leaf.type().kind() == Kind.BOOL ? predicate(1) : leaf;
      default -> leaf;
    };
  }

  private Term computed(Term leaf, Term other) {
    boolean whole = leaf.type().equals(ValueType.INT32) || leaf.type().equals(ValueType.INT64);
    boolean exact = leaf.type().equals(Sums.MONEY);
    boolean real = leaf.type().equals(ValueType.DOUBLE);
    if (whole || real) {
      return Sums.of(leaf, "+-*/".charAt(random.nextInt(4)), other);
    }
    return exact ? Sums.of(leaf, "+-".charAt(random.nextInt(2)), other) : leaf;
  }

  /** Another leaf of the type, or a literal. */
  private Term sameType(Term leaf) {
    if (Literals.areOf(leaf.type()) && random.nextBoolean()) {
      return Literals.of(random, leaf.type());
    }
    return pick(leaves.stream().filter(each -> each.type().equals(leaf.type())).toList());
  }

  private static Term choice(Term condition, Term then, Term otherwise) {
    String last = otherwise == null ? "" : " ELSE " + otherwise.sql();
    String duckLast = otherwise == null ? "" : " ELSE " + otherwise.duck();
    return new Term(
        then.type(),
        "CASE WHEN %s THEN %s%s END".formatted(condition.sql(), then.sql(), last),
        "(CASE WHEN %s THEN %s%s END)".formatted(condition.duck(), then.duck(), duckLast),
        row -> {
          if (condition.isTrue(row)) {
            return then.of(row);
          }
          return otherwise == null ? null : widened(otherwise.of(row), then.type());
        });
  }

  private static Term nullIf(Term value, Term literal) {
    return new Term(
        value.type(),
        "NULLIF(%s, %s)".formatted(value.sql(), literal.sql()),
        "NULLIF(%s, %s)".formatted(value.duck(), literal.duck()),
        row -> {
          Object found = value.of(row);
          return Boolean.TRUE.equals(Logic.compare(found, "=", literal.of(row))) ? null : found;
        });
  }

  /** A whole literal is INT32 until a value of INT64 stands beside it. */
  private static Object widened(Object value, ValueType type) {
    return value instanceof Integer number && type.equals(ValueType.INT64)
        ? Long.valueOf(number)
        : value;
  }

  private Term simple(Term leaf) {
    int form = random.nextInt(8);
    if (form == 0 || OPAQUE.contains(leaf.type().kind())) {
      boolean not = random.nextBoolean();
      String is = not ? " IS NOT NULL)" : " IS NULL)";
      return new Term(
          ValueType.BOOL,
          "(" + leaf.sql() + is,
          "(" + leaf.duck() + is,
          row -> (leaf.of(row) == null) != not);
    }
    if (leaf.type().kind() == Kind.BOOL && random.nextBoolean()) {
      return leaf;
    }
    return switch (form) {
      case 1 -> in(leaf);
      case 2 -> between(leaf);
      case 3 ->
          compare(
              leaf, pick(leaves.stream().filter(each -> each.type().equals(leaf.type())).toList()));
      default -> compare(leaf, Literals.of(random, leaf.type()));
    };
  }

  private Term compare(Term left, Term right) {
    String operator = COMPARISONS[random.nextInt(COMPARISONS.length)];
    return new Term(
        ValueType.BOOL,
        "(%s %s %s)".formatted(left.sql(), operator, right.sql()),
        "(%s %s %s)".formatted(left.duck(), operator, right.duck()),
        row -> Logic.compare(left.of(row), operator, right.of(row)));
  }

  private Term between(Term value) {
    Term low = Literals.of(random, value.type());
    Term high = Literals.of(random, value.type());
    return new Term(
        ValueType.BOOL,
        "(%s BETWEEN %s AND %s)".formatted(value.sql(), low.sql(), high.sql()),
        "(%s BETWEEN %s AND %s)".formatted(value.duck(), low.duck(), high.duck()),
        row ->
            Logic.and(
                Logic.compare(value.of(row), ">=", low.of(row)),
                Logic.compare(value.of(row), "<=", high.of(row))));
  }

  private Term in(Term value) {
    Term one = Literals.of(random, value.type());
    Term two = Literals.of(random, value.type());
    boolean not = random.nextBoolean();
    String form = not ? "(%s NOT IN (%s, %s))" : "(%s IN (%s, %s))";
    return new Term(
        ValueType.BOOL,
        form.formatted(value.sql(), one.sql(), two.sql()),
        form.formatted(value.duck(), one.duck(), two.duck()),
        row -> {
          Boolean either =
              Logic.or(
                  Logic.compare(value.of(row), "=", one.of(row)),
                  Logic.compare(value.of(row), "=", two.of(row)));
          return not ? Logic.not(either) : either;
        });
  }

  private Term test(Term operand) {
    boolean not = random.nextBoolean();
    boolean truth = random.nextBoolean();
    String is = " IS %s%s)".formatted(not ? "NOT " : "", truth ? "TRUE" : "FALSE");
    return new Term(
        ValueType.BOOL,
        "(" + operand.sql() + is,
        "(" + operand.duck() + is,
        row -> Boolean.valueOf(truth).equals(operand.of(row)) != not);
  }

  private static Term connect(Term left, String connective, Term right) {
    boolean and = connective.equals("AND");
    return new Term(
        ValueType.BOOL,
        "(%s %s %s)".formatted(left.sql(), connective, right.sql()),
        "(%s %s %s)".formatted(left.duck(), connective, right.duck()),
        row -> {
          Boolean a = (Boolean) left.of(row);
          Boolean b = (Boolean) right.of(row);
          return and ? Logic.and(a, b) : Logic.or(a, b);
        });
  }

  private Term pick(List<Term> terms) {
    return terms.get(random.nextInt(terms.size()));
  }
}
