// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg.replace;

/** A row of {@link OneTable}: its number tells it from all others. */
record Row(long customer, long instant, long created, long number) {
  Row createdAt(long newCreated) {
    return new Row(customer, instant, newCreated, number);
  }
}
