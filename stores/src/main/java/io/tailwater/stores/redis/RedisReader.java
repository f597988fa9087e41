// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.stores.OnlineVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.ScanIteration;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Reads vectors and progress from Redis.
 *
 * <p>A read that finds its connection broken, as after a restart of the server or on a failed node
 * of a cluster, is repeated once. One that gets no answer in time is not: its caller has waited for
 * long enough. Methods throw {@link redis.clients.jedis.exceptions.JedisException} if Redis cannot
 * be read. Thread-safe.
 */
public final class RedisReader implements AutoCloseable {
  private static final int SCAN_BATCH = 500;
  private static final byte[] WATERMARK = "watermark".getBytes(UTF_8);

  private final RedisConnection connection;

  /** A reader that connects when it first reads. */
  public RedisReader(RedisOptions options) {
    this.connection = new RedisConnection(options);
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
   * The vectors of several views, and how far the job of each has come, in one round trip.
   *
   * @return one answer for each query, in order
   */
  public List<VectorAnswer> read(List<VectorQuery> queries) {
    return retrying(client -> read(client, queries));
  }

  /** Asks the server for nothing, to see whether it answers. */
  public void ping() {
    retrying(UnifiedJedis::ping);
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
    List<Response<List<byte[]>>> responses;
    try (AbstractPipeline pipeline = client.pipelined()) {
      responses = ask(pipeline, vectors, keys);
    }
    return decode(vectors, keys, responses);
  }

  private static List<VectorAnswer> read(UnifiedJedis client, List<VectorQuery> queries) {
    List<List<Response<List<byte[]>>>> vectors = new ArrayList<>(queries.size());
    List<Response<byte[]>> watermarks = new ArrayList<>(queries.size());
    try (AbstractPipeline pipeline = client.pipelined()) {
      for (VectorQuery query : queries) {
        vectors.add(ask(pipeline, query.fields(), query.keys()));
        watermarks.add(pipeline.hget(query.fields().progressKey(), WATERMARK));
      }
    }
    List<VectorAnswer> answers = new ArrayList<>(queries.size());
    for (int i = 0; i < queries.size(); i++) {
      VectorQuery query = queries.get(i);
      List<@Nullable OnlineVector> found = new ArrayList<>(query.keys().size());
      decode(query.fields(), query.keys(), vectors.get(i))
          .forEach(vector -> found.add(vector.orElse(null)));
      answers.add(new VectorAnswer(found, watermark(Replies.of(watermarks.get(i)))));
    }
    return answers;
  }

  private static List<Response<List<byte[]>>> ask(
      AbstractPipeline pipeline, VectorFields fields, List<Object[]> keys) {
    List<Response<List<byte[]>>> responses = new ArrayList<>(keys.size());
    for (Object[] key : keys) {
      responses.add(pipeline.hmget(fields.redisKey(key), fields.fields()));
    }
    return responses;
  }

  private static List<Optional<OnlineVector>> decode(
      VectorFields fields, List<Object[]> keys, List<Response<List<byte[]>>> responses) {
    List<Optional<OnlineVector>> vectors = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      vectors.add(fields.decode(keys.get(i), Replies.of(responses.get(i))));
    }
    return vectors;
  }

  private static @Nullable Long watermark(byte @Nullable [] text) {
    return text == null ? null : (Long) Long.parseLong(new String(text, UTF_8));
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
      if (RedisFailures.isTimeout(e)) {
        throw e;
      }
      return command.apply(connection.client());
    }
  }
}
