// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.expression;

/**
 * Counts what an expression could not compute: division by zero, a number outside its type, a text
 * that is no number. Each of these makes a null, never an exception.
 *
 * <p>Public for generated code only. Not thread-safe.
 */
public final class Faults {
  private long count;

  Faults() {}

  void record() {
    count++;
  }

  long count() {
    return count;
  }
}
