// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import redis.clients.jedis.exceptions.JedisException;

/** Redis refused a write for good, or was out of reach for longer than the options allow. */
public final class RedisWriteException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RedisWriteException(String message, JedisException cause) {
    super(message, cause);
  }
}
