// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.stores.DeadLetter;

/** Dead letters for tests. */
final class Letters {
  private Letters() {}

  static DeadLetter letter(byte[] value) {
    return new DeadLetter(
        "orders",
        "customer_behavior",
        DeadLetter.Code.MISSING_KEY.name(),
        "field 'customer_id' is missing: expected INT64",
        "orders/3/42",
        1_767_225_600_123L,
        1_767_225_601_000L,
        "k1".getBytes(UTF_8),
        value);
  }

  /** The letter of an undecodable event at an offset. */
  static DeadLetter atOffset(long offset) {
    return new DeadLetter(
        "orders",
        null,
        DeadLetter.Code.UNDECODABLE.name(),
        "not Avro",
        "orders/0/" + offset,
        null,
        1_767_225_601_000L,
        null,
        ("bytes " + offset).getBytes(UTF_8));
  }
}
