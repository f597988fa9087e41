// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

/** A contender's rows differ from the recomputation: its speed means nothing. */
final class WrongAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongAnswerException(String message) {
    super(message);
  }
}
