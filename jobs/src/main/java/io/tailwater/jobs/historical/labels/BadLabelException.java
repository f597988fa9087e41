// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.historical.labels;

/** A label cannot be read; the message says what was found and expected, but not where. */
public final class BadLabelException extends Exception {
  private static final long serialVersionUID = 1L;

  BadLabelException(String message) {
    super(message, null, false, false);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
