// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.pipeline;

import java.util.regex.Pattern;

/** What is behind Flink's exceptions. */
final class Causes {
  /** Of our own exceptions, whose messages say what was found and what to do. */
  private static final Pattern OWN = Pattern.compile("^io\\.tailwater\\.[A-Za-z0-9_.$]+: ");

  private Causes() {}

  /** The innermost cause: the one that says what happened. */
  static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** What the innermost cause says, for people. */
  static String reason(Throwable failure) {
    return OWN.matcher(root(failure).toString()).replaceFirst("");
  }
}
