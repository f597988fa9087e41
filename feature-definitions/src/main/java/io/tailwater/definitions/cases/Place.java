// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.cases;

import static java.util.Objects.requireNonNull;

/**
 * Where something is written.
 *
 * @param file the file's name, relative to the project's folder if it is below it
 * @param line from 1
 */
public record Place(String file, int line) {
  public Place {
    requireNonNull(file, "file is null");
  }

  /** {@code file:line}. */
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
