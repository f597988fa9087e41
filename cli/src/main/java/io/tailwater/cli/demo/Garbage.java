// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Bytes that are no event in any schema. */
final class Garbage {
  private Garbage() {}

  /** Avro reads each byte here as "more of this number follows", past the longest number. */
  static byte[] next(SplittableRandom random) {
    byte[] bytes = new byte[12 + random.nextInt(40)];
    Arrays.fill(bytes, (byte) 0xFF);
    return bytes;
  }
}
