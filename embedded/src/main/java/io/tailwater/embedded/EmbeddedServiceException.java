// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

import org.jspecify.annotations.Nullable;

/**
 * A service did not start or stop. The message is for the person at the terminal: what was tried,
 * what is in the way, what to do.
 */
public final class EmbeddedServiceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EmbeddedServiceException(String message) {
    super(message);
  }

  EmbeddedServiceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
