// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates of a window, by the names that definitions use. All but COUNT_ALL ignore nulls. Of
 * a window without values the counts are 0 and all else is null. Values are ordered by number,
 * strings by code point, FALSE before TRUE; events by (event time, event id).
 */
public enum AggregateFunction {
  /** {@code count(*)}: the number of events. */
  COUNT_ALL("count(*)", Signature.EVENTS_TO_COUNT, Basis.NOTHING, Readings::count),
  /** {@code count(x)}: the number of events whose x is not null. */
  COUNT("count(x)", Signature.ANY_TO_COUNT, Basis.COUNT, Readings::count),
  /** {@code count(distinct x)}: the number of different values, exactly. */
  COUNT_DISTINCT("count(distinct x)", Signature.SCALARS_TO_COUNT, Basis.ORDER, Readings::distinct),
  /**
   * {@code approx_count_distinct(x)}: over a lifetime the number of different values as HyperLogLog
   * estimates it, with a relative standard error of 2.3 %, in state that does not grow; over other
   * windows COUNT_DISTINCT.
   */
  APPROX_COUNT_DISTINCT(
      "approx_count_distinct(x)", Signature.SCALARS_TO_COUNT, Basis.SKETCH, Readings::distinct),
  /** {@code sum(x)}: the exact sum, for DOUBLE rounded once. */
  SUM("sum(x)", Signature.NUMBERS_TO_SUM, Basis.SUM, Readings::sum),
  /** {@code avg(x)}: the sum divided by the count. */
  AVG("avg(x)", Signature.NUMBERS_TO_AVERAGE, Basis.SUM, Readings::average),
  /** {@code min(x)}: the least value. */
  MIN("min(x)", Signature.ORDERED_TO_ONE, Basis.LEAST, Readings::summary),
  /** {@code max(x)}: the greatest value. */
  MAX("max(x)", Signature.ORDERED_TO_ONE, Basis.GREATEST, Readings::summary),
  /** {@code var_pop(x)}: (Σx² − (Σx)²/n) / n, computed exactly and rounded once. */
  VAR_POP(
      "var_pop(x)", Signature.NUMBERS_TO_DOUBLE, Basis.SQUARES, values -> values.variance(false)),
  /** {@code var_samp(x)}: (Σx² − (Σx)²/n) / (n − 1), rounded once; null of fewer than 2 values. */
  VAR_SAMP(
      "var_samp(x)", Signature.NUMBERS_TO_DOUBLE, Basis.SQUARES, values -> values.variance(true)),
  /** {@code stddev_pop(x)}: the square root of VAR_POP. */
  STDDEV_POP(
      "stddev_pop(x)",
      Signature.NUMBERS_TO_DOUBLE,
      Basis.SQUARES,
      values -> Results.root(values.variance(false))),
  /** {@code stddev_samp(x)}: the square root of VAR_SAMP. */
  STDDEV_SAMP(
      "stddev_samp(x)",
      Signature.NUMBERS_TO_DOUBLE,
      Basis.SQUARES,
      values -> Results.root(values.variance(true))),
  /** {@code first(x)}: the value of the first event that has one. */
  FIRST(
      "first(x)", Signature.SCALARS_TO_ONE, Basis.FIRSTS, values -> Results.head(values.summary())),
  /** {@code last(x)}: the value of the last event that has one. */
  LAST("last(x)", Signature.SCALARS_TO_ONE, Basis.LASTS, values -> Results.head(values.summary())),
  /** {@code first_n(x, n)}: the values of the first n events that have one, in their order. */
  FIRST_N(
      "first_n(x, n)",
      Parameter.COUNT,
      Signature.SCALARS_TO_SOME,
      Basis.FIRSTS,
      (values, n) -> values.summary()),
  /** {@code last_n(x, n)}: the values of the last n events that have one, the last one first. */
  LAST_N(
      "last_n(x, n)",
      Parameter.COUNT,
      Signature.SCALARS_TO_SOME,
      Basis.LASTS,
      (values, n) -> values.summary()),
  /** {@code last_distinct_n(x, n)}: the n different values seen last, the last one first. */
  LAST_DISTINCT_N(
      "last_distinct_n(x, n)",
      Parameter.COUNT,
      Signature.SCALARS_TO_SOME,
      Basis.LAST_DISTINCT,
      (values, n) -> values.summary()),
  /** {@code mode(x)}: the most frequent value; of several the least one. */
  MODE(
      "mode(x)",
      Signature.SCALARS_TO_ONE,
      Basis.ORDER,
      values -> Results.head(values.mostFrequent(1))),
  /** {@code top_k(x, k)}: the k most frequent values, in that order; ties by value. */
  TOP_K(
      "top_k(x, k)",
      Parameter.COUNT,
      Signature.SCALARS_TO_SOME,
      Basis.ORDER,
      (values, k) -> Results.top(values, k)),
  /** {@code median(x)}: PERCENTILE of 0.5. */
  MEDIAN(
      "median(x)",
      Signature.NUMBERS_TO_AVERAGE,
      Basis.ORDER,
      values -> Results.percentile(values, Results.HALF)),
  /**
   * {@code percentile(x, p)}: SQL's {@code percentile_cont}: with n values in order, v[0] first and
   * r = p · (n − 1), it is v[⌊r⌋] + (v[⌈r⌉] − v[⌊r⌋]) · (r − ⌊r⌋), computed exactly and rounded
   * once; of DECIMAL, HALF_UP to max(s, 6) digits.
   */
  PERCENTILE(
      "percentile(x, p)",
      Parameter.SHARE,
      Signature.NUMBERS_TO_AVERAGE,
      Basis.ORDER,
      Results::percentile),
  /**
   * {@code approx_percentile(x, p)}: v[⌊p · (n − 1)⌋] of the values in order, with a relative error
   * of at most 1 %: the middle of its logarithmic bin.
   */
  APPROX_PERCENTILE(
      "approx_percentile(x, p)",
      Parameter.SHARE,
      Signature.NUMBERS_TO_DOUBLE,
      Basis.BINS,
      (values, p) -> Results.binned(values, p)),
  /** {@code any(x)}: whether some value is TRUE. */
  ANY("any(x)", Signature.BOOLS_TO_ONE, Basis.SUM, Results::any),
  /** {@code all(x)}: whether every value is TRUE. */
  ALL("all(x)", Signature.BOOLS_TO_ONE, Basis.SUM, Results::all);

  /** What stands behind the column in a call. */
  public enum Parameter {
    /** Nothing. */
    NONE("no second argument"),
    /** How many values: n and k. */
    COUNT("a whole number from 1 to 1000"),
    /** Which share of the values lies below: p. */
    SHARE("a number from 0 to 1");

    private static final BigDecimal MOST = BigDecimal.valueOf(1000);

    private final String expectation;

    Parameter(String expectation) {
      this.expectation = expectation;
    }

    /** What is expected, in words, for the message of a refused definition. */
    public String expectation() {
      return expectation;
    }

    /** Whether a value may stand here; null is no value. */
    public boolean accepts(@Nullable BigDecimal value) {
      if (this == NONE || value == null) {
        return this == NONE && value == null;
      }
      return this == COUNT
          ? value.stripTrailingZeros().scale() <= 0
              && value.compareTo(BigDecimal.ONE) >= 0
              && value.compareTo(MOST) <= 0
          : value.signum() >= 0 && value.compareTo(BigDecimal.ONE) <= 0;
    }
  }

  /** What has to be kept of the values of a window, so that the function can be read of it. */
  public enum Basis {
    /** Only the number of events. */
    NOTHING,
    /** How many. */
    COUNT,
    /** COUNT, and the exact sum. */
    SUM,
    /** SUM, and the exact sum of squares. */
    SQUARES,
    /** The values in order, each with its frequency. */
    ORDER,
    /** ORDER of the values' logarithmic bins. */
    BINS,
    /** Summary: the least value. */
    LEAST,
    /** Summary: the greatest value. */
    GREATEST,
    /** Summary: the values of the first events, a list. */
    FIRSTS,
    /** Summary: the values of the last events, the last one first, a list. */
    LASTS,
    /** Summary: the different values seen last, the last one first, a list. */
    LAST_DISTINCT,
    /** The estimated number of different values. */
    SKETCH
  }

  /** Reads the function's result; {@code count(*)} is read of the window itself. */
  @FunctionalInterface
  private interface Finisher {
    @Nullable Object result(Readings values, @Nullable BigDecimal parameter);
  }

  private final String call;
  private final Parameter parameter;
  private final Signature signature;
  private final Basis basis;

  /** A lambda without state. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final Finisher finisher;

  AggregateFunction(
      String call, Signature signature, Basis basis, Function<Readings, @Nullable Object> reader) {
    this(call, Parameter.NONE, signature, basis, (values, parameter) -> reader.apply(values));
  }

  AggregateFunction(
      String call, Parameter parameter, Signature signature, Basis basis, Finisher finisher) {
    this.call = call;
    this.parameter = parameter;
    this.signature = signature;
    this.basis = basis;
    this.finisher = finisher;
  }

  /**
   * The name in SQL and in definitions, in lower case; that of COUNT_DISTINCT is written {@code
   * count(distinct x)}.
   */
  public String sqlName() {
    return this == COUNT_DISTINCT ? "count_distinct" : call.substring(0, call.indexOf('('));
  }

  /** What stands behind the column. */
  public Parameter parameter() {
    return parameter;
  }

  /** What the function takes, in words, for the message of a refused definition. */
  public String expectation() {
    return call + " takes " + signature.input();
  }

  /**
   * What has to be kept for it over a window. A window that events leave needs their values
   * whatever the answer: it counts the different ones exactly, and only a lifetime is sketched.
   */
  public Basis basis(Window window) {
    return basis == Basis.SKETCH && !(window instanceof Window.Lifetime) ? Basis.ORDER : basis;
  }

  /**
   * The result, with {@link Long} and {@link Double} for narrower types; null where there is none.
   *
   * @param values of the function's {@link #basis}, in which summaries go as far as the parameter
   *     asks
   * @param parameter as of {@link WindowedAggregate#parameter}
   */
  public @Nullable Object result(Readings values, @Nullable BigDecimal parameter) {
    return finisher.result(values, parameter);
  }

  /**
   * Whether some values are enough for a result that is not null: if it is null nevertheless, it
   * does not fit its type.
   *
   * @param values as of {@link #result}
   */
  public boolean isDefinedOf(Readings values) {
    return switch (basis) {
      case SUM, ORDER, BINS -> values.count() > 0;
      case SQUARES -> values.count() > (this == VAR_SAMP || this == STDDEV_SAMP ? 1 : 0);
      // One of the values, or a number of them: there is nothing that would not fit.
      case NOTHING, COUNT, LEAST, GREATEST, FIRSTS, LASTS, LAST_DISTINCT, SKETCH -> false;
    };
  }

  /**
   * Whether a lifetime of it needs state that grows with the number of different values, whatever
   * is forgotten of the events.
   */
  public boolean isUnboundedOverLifetime() {
    return basis == Basis.ORDER;
  }

  /**
   * The function of an SQL name with a column, in any case; empty if there is none. {@code
   * count(*)} is {@link #COUNT_ALL} and not found here.
   */
  public static Optional<AggregateFunction> ofColumn(String name) {
    String wanted = requireNonNull(name, "name is null").toLowerCase(Locale.ROOT);
    for (AggregateFunction function : values()) {
      if (function != COUNT_ALL && function.sqlName().equals(wanted)) {
        return Optional.of(function);
      }
    }
    return Optional.empty();
  }

  /**
   * The type of the aggregate over a column of type {@code input}; empty if the function makes no
   * sense for it.
   *
   * @param input null for COUNT_ALL and only for it
   */
  public Optional<ValueType> resultType(@Nullable ValueType input) {
    return this == COUNT_ALL
        ? Optional.of(ValueType.INT64)
        : signature.result(requireNonNull(input, "input is null"));
  }
}
