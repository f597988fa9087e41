// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.pipeline;

/** What is behind Flink's exceptions. */
final class Causes {
  private Causes() {}

  /** The innermost cause: the one that says what happened. */
  static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
