// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

/** A contender's rows differ from the recomputation: its speed means nothing. */
public final class WrongAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says which and how. */
  public WrongAnswerException(String message) {
    super(message);
  }
}
