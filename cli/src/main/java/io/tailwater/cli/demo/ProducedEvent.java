// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import org.jspecify.annotations.Nullable;

/**
 * One record of the demo's topic, and what it was made for.
 *
 * @param partition where it is sent
 * @param order what the bytes mean; null where they mean nothing
 * @param bytes what is sent; null to have {@code order} encoded
 */
record ProducedEvent(int partition, @Nullable Order order, byte @Nullable [] bytes, Fate fate) {
  static ProducedEvent of(int partition, Order order, Fate fate) {
    return new ProducedEvent(partition, order, null, fate);
  }

  static ProducedEvent garbage(int partition, byte[] bytes) {
    return new ProducedEvent(partition, null, bytes, Fate.BROKEN);
  }
}
