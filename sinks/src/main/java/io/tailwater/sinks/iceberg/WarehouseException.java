// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import org.jspecify.annotations.Nullable;

/** A warehouse cannot be used; the message says where, why and what to do. */
public final class WarehouseException extends RuntimeException {
  private static final long serialVersionUID = 1;

  WarehouseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
