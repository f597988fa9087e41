// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import io.tailwater.stores.OnlineVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.ScanIteration;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Reads vectors and progress from Redis.
 *
 * <p>A read that finds its connection broken, as after a restart of the server, is repeated once.
 * Methods throw {@link redis.clients.jedis.exceptions.JedisException} if Redis cannot be read.
 * Thread-safe.
 */
public final class RedisReader implements AutoCloseable {
  private static final int SCAN_BATCH = 500;

  private final RedisConnection connection;

  /** A reader that connects when it first reads. */
  public RedisReader(RedisOptions options) {
    this.connection =
        new RedisConnection(
            options.endpoint(), options.connectTimeout(), options.responseTimeout());
  }

  /** The vector of one entity with all features of the view; empty if there is none. */
  public Optional<OnlineVector> read(NativeLayout layout, Object[] key) {
    return read(layout, List.<Object[]>of(key)).get(0);
  }

  /**
   * The vectors of many entities, in the order of {@code keys}, with all features of the view in
   * its order; empty where there is none.
   */
  public List<Optional<OnlineVector>> read(NativeLayout layout, List<Object[]> keys) {
    return read(new StoredVectors(layout), keys);
  }

  /**
   * The vectors of many entities with the named features only, in the order of the names.
   *
   * @throws IllegalArgumentException if the view has no feature of such a name
   */
  public List<Optional<OnlineVector>> read(
      NativeLayout layout, List<Object[]> keys, List<String> features) {
    return read(new StoredVectors(layout, features), keys);
  }

  /**
   * Reads every vector of a view once, and one that Redis moves meanwhile perhaps twice, in no
   * particular order.
   */
  public void scan(NativeLayout layout, Consumer<OnlineVector> consumer) {
    StoredVectors vectors = new StoredVectors(layout);
    UnifiedJedis client = connection.client();
    ScanIteration iteration = client.scanIteration(SCAN_BATCH, layout.keyPattern());
    while (!iteration.isIterationCompleted()) {
      List<Object[]> keys =
          iteration.nextBatch().getResult().stream().map(layout::parseKey).toList();
      read(client, vectors, keys).forEach(vector -> vector.ifPresent(consumer));
    }
  }

  /**
   * Whether there is no vector of a view. Looks through all keys of the server to be sure of it.
   */
  public boolean isEmpty(NativeLayout layout) {
    return retrying(
        client -> {
          ScanIteration iteration = client.scanIteration(SCAN_BATCH, layout.keyPattern());
          while (!iteration.isIterationCompleted()) {
            if (!iteration.nextBatch().getResult().isEmpty()) {
              return false;
            }
          }
          return true;
        });
  }

  /**
   * The view's watermark: its vectors hold all events and all steps up to it. Empty until every
   * subtask of the view's job has published one.
   */
  public OptionalLong watermark(NativeLayout layout) {
    String text = retrying(client -> client.hget(layout.progressKey(), "watermark"));
    return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
  }

  @Override
  public void close() {
    connection.close();
  }

  private List<Optional<OnlineVector>> read(StoredVectors vectors, List<Object[]> keys) {
    return retrying(client -> read(client, vectors, keys));
  }

  private static List<Optional<OnlineVector>> read(
      UnifiedJedis client, StoredVectors vectors, List<Object[]> keys) {
    List<Response<List<String>>> responses = new ArrayList<>(keys.size());
    try (AbstractPipeline pipeline = client.pipelined()) {
      for (Object[] key : keys) {
        responses.add(pipeline.hmget(vectors.redisKey(key), vectors.fields()));
      }
    }
    List<Optional<OnlineVector>> result = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      result.add(vectors.decode(keys.get(i), Replies.of(responses.get(i))));
    }
    return result;
  }

  private <T> T retrying(Function<UnifiedJedis, T> command) {
    UnifiedJedis client = connection.client();
    try {
      return command.apply(client);
    } catch (JedisException e) {
      if (!RedisFailures.needsNewConnection(e)) {
        throw e;
      }
      connection.replace(client);
      return command.apply(connection.client());
    }
  }
}
