// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.model;

import java.io.Serializable;

/**
 * A sliding window: at instant t it holds the events with event time in [t − length, t], both ends
 * included.
 *
 * @param lengthMillis in milliseconds, positive
 */
public record Window(long lengthMillis) implements Serializable {
  public Window {
    if (lengthMillis <= 0) {
      throw new IllegalArgumentException(
          "window length %d ms is not positive".formatted(lengthMillis));
    }
  }
}
