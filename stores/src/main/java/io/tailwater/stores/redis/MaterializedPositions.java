// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/**
 * Where each view's materialization stands, in Redis beside the vectors that it speaks of: a Redis
 * that loses its vectors loses it with them, so the next run starts over.
 *
 * <p>It is a HASH at {@link OnlineLayout#materializedKey()} with the fields {@code end}, in
 * milliseconds, and {@code snapshot}, empty if there was none. Both are written by one command.
 * Methods throw {@link redis.clients.jedis.exceptions.JedisException} if Redis does not answer.
 * Thread-safe.
 */
public final class MaterializedPositions implements AutoCloseable {
  private static final String END = "end";
  private static final String SNAPSHOT = "snapshot";

  private final RedisConnection connection;

  /** Connects when it is first used. */
  public MaterializedPositions(RedisOptions options) {
    this.connection = new RedisConnection(options);
  }

  /** Where the view stands; empty if it does not say. */
  public Optional<MaterializedPosition> read(OnlineLayout layout) {
    UnifiedJedis client = connection.client();
    List<@Nullable String> fields = client.hmget(layout.materializedKey(), END, SNAPSHOT);
    String end = fields.get(0);
    String snapshot = fields.get(1);
    if (end == null || snapshot == null) {
      return Optional.empty();
    }
    return Optional.of(
        new MaterializedPosition(
            Long.parseLong(end), snapshot.isEmpty() ? null : (Long) Long.parseLong(snapshot)));
  }

  /** Remembers where the view stands. To be called when its vectors are in Redis. */
  public void write(OnlineLayout layout, MaterializedPosition position) {
    Long snapshot = position.snapshot();
    connection
        .client()
        .hset(
            layout.materializedKey(),
            Map.of(
                END,
                Long.toString(position.end()),
                SNAPSHOT,
                snapshot == null ? "" : snapshot.toString()));
  }

  @Override
  public void close() {
    connection.close();
  }
}
