// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Runs script calls in pipelines until each of them has its reply, however often the server goes
 * away meanwhile.
 *
 * <p>A call may run more than once: its connection may break after the server ran it. Calls on one
 * key reach the server in their order, unless an earlier one failed and was repeated. Not
 * thread-safe.
 */
final class ScriptRunner implements AutoCloseable {
  private final RedisConnection connection;
  private final Patience patience;
  private final RedisWriterListener listener;

  ScriptRunner(RedisConnection connection, Patience patience, RedisWriterListener listener) {
    this.connection = connection;
    this.patience = patience;
    this.listener = listener;
  }

  /**
   * Returns the replies of all calls, in their order.
   *
   * @throws RedisWriteException if the server refuses a call for good, or for too long
   */
  long[] run(List<ScriptCall> calls) throws InterruptedException {
    ScriptBatch batch = new ScriptBatch(calls);
    while (true) {
      JedisException failure = send(batch);
      if (batch.takeProgress()) {
        patience.restore();
      }
      if (batch.isDone()) {
        return batch.replies();
      }
      if (failure != null) {
        waitOut(failure);
      }
    }
  }

  private @Nullable JedisException send(ScriptBatch batch) {
    try (AbstractPipeline pipeline = connection.pipelined()) {
      batch.send(pipeline);
      pipeline.sync();
      return batch.receive();
    } catch (JedisException e) {
      if (!RedisFailures.isTransient(e)) {
        throw new RedisWriteException(
            "Redis at %s refuses to serve: %s".formatted(connection.endpoint(), e.getMessage()), e);
      }
      return e;
    }
  }

  private void waitOut(JedisException failure) throws InterruptedException {
    listener.retrying(failure);
    if (RedisFailures.needsNewConnection(failure)) {
      connection.reset();
    }
    patience.pause(failure);
  }

  @Override
  public void close() {
    connection.close();
  }
}
