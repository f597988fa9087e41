// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import io.tailwater.stores.OnlineVector;

/** Turns the vectors of a view into calls of the fence. Not thread-safe. */
interface VectorWrites {
  /** The key of an entity's HASH. */
  RedisKey key(Object[] entity);

  /**
   * The write of a vector.
   *
   * @param key that of the vector's entity
   */
  ScriptCall write(RedisKey key, OnlineVector vector);
}
