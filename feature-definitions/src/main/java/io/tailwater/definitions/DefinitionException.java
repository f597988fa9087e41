// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import java.util.List;
import java.util.stream.Collectors;

/** Definitions or settings that cannot be used, with everything that is wrong in them. */
public final class DefinitionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * Creates the exception.
   *
   * @param problems not empty
   */
  public DefinitionException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, by file and line; not empty. */
  public List<Problem> problems() {
    return problems;
  }
}
