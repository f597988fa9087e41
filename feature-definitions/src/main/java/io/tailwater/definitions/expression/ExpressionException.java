// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** An expression that is not one of this language, or not over its row. */
public final class ExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int position;
  private final @Nullable String hint;

  /**
   * Creates the exception.
   *
   * @param message what was found and what was expected
   * @param position the offending character's index in the expression, from 0
   * @param hint what to do about it; null if there is nothing to say
   */
  ExpressionException(String message, int position, @Nullable String hint) {
    super(requireNonNull(message, "message is null"));
    this.position = position;
    this.hint = hint;
  }

  /** The offending character's index in the expression, from 0. */
  public int position() {
    return position;
  }

  /** What to do about it; null if there is nothing to say. */
  public @Nullable String hint() {
    return hint;
  }
}
