// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.materialize;

import org.jspecify.annotations.Nullable;

/** What Flink's SQL compiler says is wrong. */
final class SqlErrors {
  private SqlErrors() {}

  /** The innermost message that says something. */
  static String text(Throwable failure) {
    String text = String.valueOf(failure.getMessage());
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      String message = firstSentence(cause.getMessage());
      if (!message.isEmpty()) {
        text = message;
      }
    }
    return text;
  }

  private static String firstSentence(@Nullable String message) {
    return message == null ? "" : message.strip();
  }
}
