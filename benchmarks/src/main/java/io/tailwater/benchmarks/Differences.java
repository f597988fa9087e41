// SPDX-License-Identifier: Apache-2.0
package io.tailwater.benchmarks;

import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Compares rows that came out with the right ones. */
final class Differences {
  private Differences() {}

  /**
   * Compares all rows of a customer.
   *
   * @param right null where no row is right
   * @param same of the right row and the one found
   * @throws WrongAnswerException with the first difference
   */
  static void check(
      long customer,
      List<? extends @Nullable StepRow> right,
      List<StepRow> found,
      BiPredicate<StepRow, StepRow> same) {
    for (int i = 0; i < Math.min(right.size(), found.size()); i++) {
      StepRow expected = right.get(i);
      if (expected == null || !same.test(expected, found.get(i))) {
        throw new WrongAnswerException(
            "customer %d: found %s, expected %s".formatted(customer, found.get(i), expected));
      }
    }
    if (right.size() != found.size()) {
      throw new WrongAnswerException(
          "customer %d: found %d rows, expected %d"
              .formatted(customer, found.size(), right.size()));
    }
  }
}
