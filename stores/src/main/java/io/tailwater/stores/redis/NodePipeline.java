// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.ClusterCommandArguments;
import redis.clients.jedis.ClusterCommandObjects;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.ClusterConnectionProvider;
import redis.clients.jedis.util.IOUtils;

/**
 * A pipeline to those nodes of a cluster that have the keys, which answer at the same time.
 *
 * <p>The replies of a node that is lost or late stay empty, and {@link #close()} throws why. The
 * pipeline of Jedis says so in the log alone; and it lets the threads that read the nodes change
 * what they share, so that after a lost node a connection may go back to its pool with replies on
 * the way, which its next user would take for its own. Here a connection goes back when its node is
 * read, or not at all. For one thread.
 */
final class NodePipeline extends AbstractPipeline {
  private final ClusterConnectionProvider provider;
  private final Executor readers;
  private final Map<HostAndPort, Node> nodes = new LinkedHashMap<>();

  /** One node's connection, and what it has yet to answer. */
  private static final class Node {
    private final Connection connection;
    private final Queue<Response<?>> open = new ArrayDeque<>();
    private @Nullable JedisException failure;

    Node(Connection connection) {
      this.connection = connection;
    }

    <T> Response<T> send(CommandObject<T> command) {
      connection.sendCommand(command.getArguments());
      Response<T> response = new Response<>(command.getBuilder());
      open.add(response);
      return response;
    }

    void receive() {
      try {
        for (Object reply : connection.getMany(open.size())) {
          open.remove().set(reply);
        }
      } catch (JedisException e) {
        failure = e;
      } finally {
        if (!open.isEmpty()) {
          connection.setBroken();
        }
      }
    }
  }

  /**
   * @param readers run the reading of all nodes but one; never less than there are connections
   */
  NodePipeline(ClusterConnectionProvider provider, Executor readers) {
    super(new ClusterCommandObjects(RedisProtocol.RESP2));
    this.provider = provider;
    this.readers = readers;
  }

  @Override
  protected <T> Response<T> appendCommand(CommandObject<T> command) {
    int slot = ((ClusterCommandArguments) command.getArguments()).getCommandHashSlot();
    // Null where nobody is known to have the slot: then any node may say who has.
    HostAndPort address = provider.getNode(slot);
    return nodes
        .computeIfAbsent(address, added -> new Node(provider.getConnection(added)))
        .send(command);
  }

  /** Waits for the replies of all nodes, each for as long as a reply may take. */
  @Override
  public void sync() {
    List<Node> unread = nodes.values().stream().filter(node -> !node.open.isEmpty()).toList();
    if (unread.isEmpty()) {
      return;
    }
    List<CompletableFuture<Void>> others = new ArrayList<>();
    try {
      for (Node node : unread.subList(1, unread.size())) {
        others.add(CompletableFuture.runAsync(node::receive, readers));
      }
      unread.get(0).receive();
    } finally {
      // Join does not end when it is interrupted: nobody may have a connection that is being read.
      others.forEach(CompletableFuture::join);
    }
  }

  /**
   * Waits for what was not waited for yet, and gives the connections back.
   *
   * @throws JedisException if a node is lost or late
   */
  @Override
  public void close() {
    try {
      if (nodes.values().stream().allMatch(node -> node.failure == null)) {
        sync();
      }
    } finally {
      nodes.values().forEach(node -> IOUtils.closeQuietly(node.connection));
    }
    for (Node node : nodes.values()) {
      if (node.failure != null) {
        throw node.failure;
      }
    }
  }
}
