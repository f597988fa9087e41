// SPDX-License-Identifier: Apache-2.0
package io.tailwater.definitions.property;

import io.tailwater.aggregation.oracle.NaiveEvent;

/**
 * An event that counts.
 *
 * @param source the index of its source among the view's
 * @param number its event id within the source
 * @param row what expressions see of it
 */
record PlainEvent(long time, int source, int number, Object[] row) {
  byte[] id() {
    return new byte[] {(byte) source, (byte) number};
  }

  NaiveEvent naive(Object... columns) {
    return new NaiveEvent(time, id(), columns);
  }
}
