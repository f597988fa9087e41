// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import org.jspecify.annotations.Nullable;

/**
 * One record of one of the demo's topics, and what it was made for.
 *
 * @param source whose topic it is sent to
 * @param partition where it is sent
 * @param event what the bytes mean; null where they mean nothing
 * @param bytes what is sent; null to have {@code event} encoded
 */
record ProducedEvent(
    String source, int partition, @Nullable ShopEvent event, byte @Nullable [] bytes, Fate fate) {
  static ProducedEvent of(ShopEvent event, Fate fate) {
    return new ProducedEvent(event.source(), Partitions.of(event), event, null, fate);
  }

  /** Bytes in the place of an event. */
  static ProducedEvent garbage(ShopEvent instead, byte[] bytes) {
    return new ProducedEvent(instead.source(), Partitions.of(instead), null, bytes, Fate.BROKEN);
  }
}
