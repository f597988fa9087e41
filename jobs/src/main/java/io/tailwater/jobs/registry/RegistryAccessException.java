// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.registry;

import java.io.IOException;

/** A registry does not let us in. Asking again would change nothing, and might lock an account. */
final class RegistryAccessException extends IOException {
  private static final long serialVersionUID = 1L;

  RegistryAccessException(String message) {
    super(message);
  }
}
