// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.pipeline;

import java.util.regex.Pattern;

/** What is behind Flink's exceptions. */
final class Causes {
  /** Of our own exceptions, whose messages say what was found and what to do. */
  private static final Pattern OWN = Pattern.compile("^io\\.tailwater\\.[A-Za-z0-9_.$]+: ");

  /** In what Flink says if a savepoint holds state of an operator that the job does not have. */
  private static final String LOST_OPERATOR = "the operator is not available in the new program";

  private Causes() {}

  /** The innermost cause: the one that says what happened. */
  static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** What the innermost cause says, for people, and what to do where Flink does not know it. */
  static String reason(Throwable failure) {
    String reason = OWN.matcher(root(failure).toString()).replaceFirst("");
    return reason.contains(LOST_OPERATOR)
        ? reason
            + " Of a stream: if it began with history, give the same --history with"
            + " --from-savepoint"
        : reason;
  }
}
