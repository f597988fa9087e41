// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;
import redis.clients.jedis.util.SafeEncoder;

/**
 * All keys that match a pattern, of a cluster those of every node that has slots; its replicas are
 * not asked. A key that Redis moves meanwhile may come more than once.
 */
final class KeyScan {
  private static final int BATCH = 500;

  /** In what a cluster says of a range of slots: from, to, its primary, the replicas of that. */
  private static final int PRIMARY = 2;

  private final UnifiedJedis client;
  private final List<ConnectionPool> primaries;
  private final ScanParams pattern;

  /**
   * Asks a cluster for its nodes.
   *
   * @throws redis.clients.jedis.exceptions.JedisException if it does not answer, or has nodes that
   *     the client does not know yet
   */
  KeyScan(UnifiedJedis client, byte[] pattern) {
    this.client = client;
    this.primaries = client instanceof RedisClusterClient cluster ? primaries(cluster) : List.of();
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
    if (primaries.isEmpty()) {
      return forEach(cursor -> client.scan(cursor, pattern), consumer);
    }
    for (ConnectionPool node : primaries) {
      try (Connection connection = node.getResource();
          Jedis jedis = new Jedis(connection)) {
        if (!forEach(cursor -> jedis.scan(cursor, pattern), consumer)) {
          return false;
        }
      }
    }
    return true;
  }

  private static List<ConnectionPool> primaries(RedisClusterClient cluster) {
    Map<String, ConnectionPool> nodes = cluster.getClusterNodes();
    List<ConnectionPool> primaries = new ArrayList<>();
    for (String address : addresses(cluster)) {
      ConnectionPool node = nodes.get(address);
      if (node == null) {
        throw new JedisClusterOperationException(
            "the cluster has changed: found a new node " + address);
      }
      primaries.add(node);
    }
    return primaries;
  }

  /** Of the nodes that have slots, as they are known to one of them. */
  private static Set<String> addresses(RedisClusterClient cluster) {
    Set<String> addresses = new LinkedHashSet<>();
    try (Connection connection = cluster.getConnectionFromSlot(0)) {
      // Not CLUSTER SHARDS, which came with Redis 7.
      connection.sendCommand(Command.CLUSTER, "SLOTS");
      for (Object range : connection.getObjectMultiBulkReply()) {
        List<?> primary = (List<?>) ((List<?>) range).get(PRIMARY);
        String host = SafeEncoder.encode((byte[]) primary.get(0));
        addresses.add(new HostAndPort(host, ((Long) primary.get(1)).intValue()).toString());
      }
    }
    return addresses;
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
