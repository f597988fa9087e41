// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import org.jspecify.annotations.Nullable;

/** What the generated code of an expression implements; public for it only. */
@FunctionalInterface
public interface RowFunction {
  /**
   * The expression's value over a row.
   *
   * @param row the values of the fields, in order
   * @param faults where the generated code counts what it could not compute
   */
  @Nullable Object apply(@Nullable Object[] row, Faults faults);
}
