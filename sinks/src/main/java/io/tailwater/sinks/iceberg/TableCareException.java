// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

/** A table could not be taken care of; nothing that it holds is lost. */
public final class TableCareException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TableCareException(String message) {
    super(message);
  }
}
