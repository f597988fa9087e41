// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import io.tailwater.aggregation.ValueType;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An expression ready to run: a pure function of a row. Not thread-safe, because of its fault
 * count: one instance, or one {@link #copy}, per operator or thread.
 */
public final class CompiledExpression {
  private final TypedExpression typed;
  private final RowFunction function;
  private final Faults faults = new Faults();

  CompiledExpression(TypedExpression typed, RowFunction function) {
    this.typed = typed;
    this.function = function;
  }

  /** The same code with a fault count of its own, for another thread. */
  public CompiledExpression copy() {
    return new CompiledExpression(typed, function);
  }

  /** The type of the values. */
  public ValueType type() {
    return typed.type();
  }

  /** The expression's text in one spelling: see {@link TypedExpression#canonical()}. */
  public String canonical() {
    return typed.canonical();
  }

  /**
   * The value over a row; never throws because of the row's values.
   *
   * @param row the values of the fields, in the order of the fields that it was compiled against,
   *     of their types' Java classes; longer is allowed
   * @return of {@link #type()}'s Java class; a floating-point number is finite and never −0.0
   */
  public @Nullable Object evaluate(@Nullable Object[] row) {
    try {
      return normalize(function.apply(row, faults));
    } catch (ClassCastException e) {
      // Not data: the caller's row is not of the fields' types.
      throw e;
    } catch (RuntimeException e) {
      // What Calcite's own functions throw at odd arguments, as at SUBSTRING with a negative
      // length.
      return Arithmetic.fault(faults);
    }
  }

  /**
   * How often, since compilation, an evaluation met something that it could not compute and made a
   * null of it: a division by zero, an overflow, a result that is not finite, a text that is no
   * number.
   */
  public long faults() {
    return faults.count();
  }

  private @Nullable Object normalize(@Nullable Object value) {
    if (value instanceof Double number) {
      return Arithmetic.finite(faults, number);
    }
    if (value instanceof Float number) {
      return Arithmetic.finite(faults, number);
    }
    if (value instanceof BigDecimal number) {
      return Arithmetic.fit(faults, number, type().precision(), type().scale());
    }
    return value;
  }
}
