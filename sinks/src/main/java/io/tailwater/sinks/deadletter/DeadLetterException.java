// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.deadletter;

/** Dead letters have nowhere to go; the message says why and what to do. */
public final class DeadLetterException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DeadLetterException(String message, Throwable cause) {
    super(message, cause);
  }
}
