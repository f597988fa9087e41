// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

/** What is applied cannot be read or written. The message says where, why, and what to do. */
public final class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RegistryException(String message, Throwable cause) {
    super(message, cause);
  }

  RegistryException(String message) {
    super(message);
  }
}
