// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailwater.stores.OnlineVector;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes the vectors of one view to Redis, through the fence.
 *
 * <p>{@link #add} only remembers, at most one vector an entity; {@link #flush} sends them in
 * pipelines and returns when Redis has acknowledged each. A Redis that is away, loading or failing
 * over is waited for, with back-off, until {@link RedisOptions#giveUpAfter}; whatever was added
 * stays until then. Since the fence carries the order, repeating a write is harmless.
 *
 * <p>Not thread-safe.
 */
public final class RedisWriter implements AutoCloseable {
  private final OnlineLayout layout;
  private final RedisOptions options;
  private final RedisWriterListener listener;
  private final Pauses pauses;
  private final VectorWrites writes;
  private final ScriptRunner runner;
  private final Map<RedisKey, OnlineVector> pending = new LinkedHashMap<>();

  /** A writer that connects when it first writes. */
  public RedisWriter(OnlineLayout layout, RedisOptions options, RedisWriterListener listener) {
    this(layout, options, listener, Pauses.SYSTEM);
  }

  RedisWriter(
      OnlineLayout layout, RedisOptions options, RedisWriterListener listener, Pauses pauses) {
    this.layout = layout;
    this.options = options;
    this.listener = listener;
    this.pauses = pauses;
    this.writes = layout.writes(options.expireAfter());
    this.runner =
        new ScriptRunner(
            new RedisConnection(options),
            new Patience(options.endpoint(), options.giveUpAfter(), pauses),
            listener);
  }

  /** Remembers a vector for the next {@link #flush}, in place of an older one of its entity. */
  public void add(OnlineVector vector) {
    int entities = pending.size();
    pending.merge(writes.key(vector.key()), vector, FenceOrder::keep);
    if (pending.size() == entities) {
      listener.coalesced();
    }
  }

  /** How many vectors wait for {@link #flush}. */
  public int pending() {
    return pending.size();
  }

  /** Whether as many vectors wait as one pipeline carries. */
  public boolean isFull() {
    return pending.size() >= options.batchSize();
  }

  /**
   * Writes all that was added and returns when it is in Redis.
   *
   * @throws RedisWriteException if Redis refuses a write for good, or was away for too long; what
   *     was added is then still there
   */
  public void flush() throws InterruptedException {
    while (!pending.isEmpty()) {
      writeBatch(pending.entrySet().stream().limit(options.batchSize()).map(this::call).toList());
    }
  }

  /**
   * Records, after all that was added, that a subtask's vectors hold all events up to a watermark.
   *
   * @param subtask 0 to {@code parallelism − 1}
   * @param parallelism how many subtasks write the view; the view's watermark is the least of
   *     theirs
   * @param watermark milliseconds since the epoch
   */
  public void publishProgress(int subtask, int parallelism, long watermark)
      throws InterruptedException {
    flush();
    List<byte[]> arguments =
        Stream.of(parallelism, subtask, watermark)
            .map(number -> number.toString().getBytes(UTF_8))
            .toList();
    runner.run(
        List.of(new ScriptCall(LuaScript.PROGRESS, new RedisKey(layout.progressKey()), arguments)));
  }

  @Override
  public void close() {
    runner.close();
  }

  private ScriptCall call(Map.Entry<RedisKey, OnlineVector> entry) {
    return writes.write(entry.getKey(), entry.getValue());
  }

  private void writeBatch(List<ScriptCall> calls) throws InterruptedException {
    long start = pauses.nanoTime();
    long[] replies = runner.run(calls);
    for (ScriptCall call : calls) {
      pending.remove(call.key());
    }
    int written = Math.toIntExact(Arrays.stream(replies).sum());
    listener.batchWritten(written, replies.length - written, pauses.nanoTime() - start);
  }
}
