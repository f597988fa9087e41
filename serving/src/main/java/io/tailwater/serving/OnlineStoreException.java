// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving;

/** The online store does not answer, or not as it should. The message says which, and why. */
public final class OnlineStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OnlineStoreException(String message) {
    super(message);
  }

  OnlineStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
