// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong in a YAML file.
 *
 * @param file the file's name, relative to the project's folder
 * @param line from 1; 0 where the file as a whole is meant
 * @param column from 1; 0 where the file as a whole is meant
 * @param path the field, as {@code feature_views[customer_behavior].features[spend].window}; empty
 *     for the file as a whole
 * @param found what stands there
 * @param expected what should; empty where the finding says it all
 * @param hint what to do about it; null if there is nothing to add
 */
public record Problem(
    String file,
    int line,
    int column,
    String path,
    String found,
    String expected,
    @Nullable String hint) {
  public Problem {
    requireNonNull(file, "file is null");
    requireNonNull(path, "path is null");
    requireNonNull(found, "found is null");
    requireNonNull(expected, "expected is null");
  }

  /** The problem on one line: {@code file:line:column: path: found …, expected … (hint)}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line).append(':').append(column);
    }
    text.append(": ");
    if (!path.isEmpty()) {
      text.append(path).append(": ");
    }
    text.append("found ").append(found);
    if (!expected.isEmpty()) {
      text.append(", expected ").append(expected);
    }
    if (hint != null) {
      text.append(" (").append(hint).append(')');
    }
    return text.toString();
  }
}
