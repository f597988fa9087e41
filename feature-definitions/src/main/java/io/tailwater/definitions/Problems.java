// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong, so that an author hears of everything at once. */
final class Problems {
  private final Set<Problem> problems = new LinkedHashSet<>();

  void add(Problem problem) {
    problems.add(problem);
  }

  boolean any() {
    return !problems.isEmpty();
  }

  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new DefinitionException(sorted());
    }
  }

  private List<Problem> sorted() {
    return problems.stream()
        .sorted(
            Comparator.comparing(Problem::file)
                .thenComparingInt(Problem::line)
                .thenComparingInt(Problem::column))
        .toList();
  }
}
