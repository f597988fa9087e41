// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.stores.OnlineVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Reads vectors and progress from Redis.
 *
 * <p>A read that finds its connection broken, as after a restart of the server, is repeated once.
 * One that is not let in or gets no answer in time is not: its caller has waited for long enough,
 * and only the connection that it waited for is given up, and those that wait in the pool when
 * nobody else got an answer meanwhile. Methods throw {@link
 * redis.clients.jedis.exceptions.JedisException} if Redis cannot be read. Thread-safe.
 */
public final class RedisReader implements AutoCloseable {
  private static final byte[] WATERMARK = "watermark".getBytes(UTF_8);

  private final RedisConnection connection;

  /** A reader that connects when it first reads. */
  public RedisReader(RedisOptions options) {
    this.connection = new RedisConnection(options);
  }

  /** The vector of one entity with all features of the view; empty if there is none. */
  public Optional<OnlineVector> read(OnlineLayout layout, Object[] key) {
    return read(layout, List.<Object[]>of(key)).get(0);
  }

  /**
   * The vectors of many entities, in the order of {@code keys}, with all features of the view in
   * its order; empty where there is none.
   */
  public List<Optional<OnlineVector>> read(OnlineLayout layout, List<Object[]> keys) {
    return read(layout.selectAll(), keys);
  }

  /**
   * The vectors of many entities with the named features only, in the order of the names.
   *
   * @throws IllegalArgumentException if the view has no feature of such a name
   */
  public List<Optional<OnlineVector>> read(
      OnlineLayout layout, List<Object[]> keys, List<String> features) {
    return read(layout.select(features), keys);
  }

  /**
   * The vectors of several views, and how far the job of each has come, in one round trip.
   *
   * @return one answer for each query, in order
   */
  public List<VectorAnswer> read(List<VectorQuery> queries) {
    return retrying(client -> readOnce(queries));
  }

  /** Asks the server for nothing, to see whether it answers. */
  public void ping() {
    retrying(UnifiedJedis::ping);
  }

  /**
   * Reads every vector of a view once, and one that Redis moves meanwhile perhaps twice, in no
   * particular order.
   */
  public void scan(OnlineLayout layout, Consumer<OnlineVector> consumer) {
    VectorFields vectors = layout.selectAll();
    retrying(client -> new KeyScan(client, layout.scanPattern()))
        .forEach(
            keys -> {
              readOnce(vectors, entities(layout, keys)).stream()
                  .flatMap(Stream::ofNullable)
                  .forEach(consumer);
              return true;
            });
  }

  /**
   * Whether there is no vector of a view. Looks through all keys of the server to be sure of it.
   */
  public boolean isEmpty(OnlineLayout layout) {
    VectorFields vectors = layout.select(List.of());
    return retrying(
        client ->
            new KeyScan(client, layout.scanPattern())
                .forEach(
                    keys ->
                        readOnce(vectors, entities(layout, keys)).stream()
                            .allMatch(Objects::isNull)));
  }

  private static List<Object[]> entities(OnlineLayout layout, List<byte[]> redisKeys) {
    List<Object[]> entities = new ArrayList<>(redisKeys.size());
    for (byte[] key : redisKeys) {
      @Nullable Object[] entity = layout.entity(key);
      if (entity != null) {
        entities.add(entity);
      }
    }
    return entities;
  }

  /**
   * The view's watermark: its vectors hold all events and all steps up to it. Empty until every
   * subtask of the view's job has published one.
   */
  public OptionalLong watermark(OnlineLayout layout) {
    Long watermark = parse(retrying(client -> client.hget(layout.progressKey(), WATERMARK)));
    return watermark == null ? OptionalLong.empty() : OptionalLong.of(watermark);
  }

  @Override
  public void close() {
    connection.close();
  }

  private List<Optional<OnlineVector>> read(VectorFields vectors, List<Object[]> keys) {
    return retrying(client -> readOnce(vectors, keys)).stream().map(Optional::ofNullable).toList();
  }

  private List<@Nullable OnlineVector> readOnce(VectorFields vectors, List<Object[]> keys) {
    List<Response<List<byte[]>>> responses;
    try (AbstractPipeline pipeline = connection.pipelined()) {
      responses = ask(pipeline, vectors, keys);
    }
    return decode(vectors, keys, responses);
  }

  private List<VectorAnswer> readOnce(List<VectorQuery> queries) {
    List<List<Response<List<byte[]>>>> vectors = new ArrayList<>(queries.size());
    List<Response<byte[]>> watermarks = new ArrayList<>(queries.size());
    try (AbstractPipeline pipeline = connection.pipelined()) {
      for (VectorQuery query : queries) {
        vectors.add(ask(pipeline, query.fields(), query.keys()));
        watermarks.add(pipeline.hget(query.fields().progressKey(), WATERMARK));
      }
    }
    List<VectorAnswer> answers = new ArrayList<>(queries.size());
    for (int i = 0; i < queries.size(); i++) {
      VectorQuery query = queries.get(i);
      List<@Nullable OnlineVector> found = decode(query.fields(), query.keys(), vectors.get(i));
      answers.add(new VectorAnswer(found, parse(Replies.of(watermarks.get(i)))));
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

  private static List<@Nullable OnlineVector> decode(
      VectorFields fields, List<Object[]> keys, List<Response<List<byte[]>>> responses) {
    List<@Nullable OnlineVector> vectors = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      vectors.add(fields.decode(keys.get(i), Replies.of(responses.get(i))));
    }
    return vectors;
  }

  private static @Nullable Long parse(byte @Nullable [] text) {
    return text == null ? null : (Long) Long.parseLong(new String(text, UTF_8));
  }

  private <T> T retrying(Function<UnifiedJedis, T> command) {
    UnifiedJedis client = connection.client();
    try {
      return answered(command.apply(client));
    } catch (JedisException e) {
      if (!RedisFailures.needsNewConnection(e)) {
        throw e;
      }
      if (RedisFailures.isTimeout(e)) {
        // The connection itself has left the pool.
        connection.timedOut();
        throw e;
      }
      connection.replace(client);
      return answered(command.apply(connection.client()));
    }
  }

  private <T> T answered(T reply) {
    connection.answered();
    return reply;
  }
}
