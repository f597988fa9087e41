// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

/** Which partition of its topic an event goes to. */
final class Partitions {
  /** How many each topic has. */
  static final int COUNT = 3;

  private Partitions() {}

  /** A customer's events of a source go through one partition, as keyed producers send them. */
  static int of(ShopEvent event) {
    Long customer = event.customerId();
    int hash = customer == null ? event.id().hashCode() : Long.hashCode(customer * 31);
    return Math.floorMod(hash, COUNT);
  }
}
