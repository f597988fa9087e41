// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.feast;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.commons.codec.digest.MurmurHash3;

/** The names of the fields of an entity's HASH. */
public final class FeastFields {
  private static final int SEED = 0;

  private FeastFields() {}

  /**
   * The field of a feature: the four bytes, little-endian, of the Murmur3 hash (x86, 32 bits) of
   * {@code view:feature}. Two features may meet in one field; whoever writes has to see to it.
   */
  public static byte[] feature(String view, String feature) {
    byte[] name = (view + ":" + feature).getBytes(UTF_8);
    return ByteBuffer.allocate(Integer.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(MurmurHash3.hash32x86(name, 0, name.length, SEED))
        .array();
  }

  /** The field with the event time of a view's values. */
  public static byte[] eventTimestamp(String view) {
    return ("_ts:" + view).getBytes(UTF_8);
  }
}
