// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import io.tailwater.stores.OnlineVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of a HASH to read for some features of a view, and what is in them. Immutable and
 * thread-safe.
 */
public interface VectorFields {
  /**
   * The Redis key of an entity's HASH.
   *
   * @param key the join keys' values in the entity's order, of their types' Java classes
   */
  byte[] redisKey(Object[] key);

  /** The fields to ask for with HMGET. Not to be changed. */
  byte[][] fields();

  /**
   * The vector in a reply to HMGET of {@link #fields}; null if there is none.
   *
   * @throws IllegalArgumentException if a value is not of its feature's type
   */
  @Nullable OnlineVector decode(Object[] key, List<byte @Nullable []> values);

  /**
   * The Redis key of the HASH whose field {@code watermark} tells how far the view's job is. Not to
   * be changed.
   */
  byte[] progressKey();
}
