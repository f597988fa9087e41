// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.console;

import org.jspecify.annotations.Nullable;

/** A command failed for a reason that its user can act on. The message is all that is printed. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandException(String message) {
    super(message);
  }

  public CommandException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
