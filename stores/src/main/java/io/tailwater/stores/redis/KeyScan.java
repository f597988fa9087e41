// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import java.util.List;
import java.util.function.Predicate;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * All keys that match a pattern, of every node of a cluster. One that Redis moves meanwhile, or
 * that has replicas, may come more than once.
 */
final class KeyScan {
  private static final int BATCH = 500;

  private final UnifiedJedis client;
  private final ScanParams pattern;

  KeyScan(UnifiedJedis client, byte[] pattern) {
    this.client = client;
    this.pattern = new ScanParams().match(pattern).count(BATCH);
  }

  /** One call of SCAN. */
  @FunctionalInterface
  private interface Step {
    ScanResult<byte[]> from(byte[] cursor);
  }

  /**
   * Passes the keys on, some at a time, for as long as the consumer answers true.
   *
   * @return whether it always has
   */
  boolean forEach(Predicate<List<byte[]>> consumer) {
    if (!(client instanceof RedisClusterClient cluster)) {
      return forEach(cursor -> client.scan(cursor, pattern), consumer);
    }
    for (ConnectionPool node : cluster.getClusterNodes().values()) {
      try (Connection connection = node.getResource();
          Jedis jedis = new Jedis(connection)) {
        if (!forEach(cursor -> jedis.scan(cursor, pattern), consumer)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean forEach(Step step, Predicate<List<byte[]>> consumer) {
    byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
    ScanResult<byte[]> result;
    do {
      result = step.from(cursor);
      if (!result.getResult().isEmpty() && !consumer.test(result.getResult())) {
        return false;
      }
      cursor = result.getCursorAsBytes();
    } while (!result.isCompleteIteration());
    return true;
  }
}
