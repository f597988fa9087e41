// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** What came back for the commands of a synchronized pipeline. */
final class Replies {
  private Replies() {}

  /**
   * The reply.
   *
   * @throws redis.clients.jedis.exceptions.JedisException if it is an error, or if there is none
   *     because a node of a cluster was lost or late
   */
  static <T> T of(Response<T> response) {
    try {
      return response.get();
    } catch (IllegalStateException e) {
      throw new JedisConnectionException("no reply from a node of the cluster", e);
    }
  }
}
