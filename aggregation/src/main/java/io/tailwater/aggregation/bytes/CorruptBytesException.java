// SPDX-License-Identifier: Apache-2.0
package io.tailwater.aggregation.bytes;

/** Bytes that end too early or that no writer has written: the stored state is damaged. */
public final class CorruptBytesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CorruptBytesException(String message) {
    super(message);
  }
}
