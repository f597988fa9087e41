// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.stores.DeadLetter;

/**
 * A record that is data to dead-letter, not a failure of the job. Without a stack trace: hostile
 * input must not cost more than good input.
 */
final class RejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final DeadLetter.Code code;

  RejectedException(DeadLetter.Code code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  static RejectedException undecodable(String message) {
    return new RejectedException(DeadLetter.Code.UNDECODABLE, message);
  }

  /** The same refusal, with the field in which it happened. */
  RejectedException in(String field) {
    return new RejectedException(code, "field '%s': %s".formatted(field, getMessage()));
  }

  DeadLetter.Code code() {
    return code;
  }

  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? code.name() : message;
  }
}
