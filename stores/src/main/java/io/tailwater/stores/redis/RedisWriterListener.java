// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

/** What a {@link RedisWriter} tells about its work, on the thread that writes. */
public interface RedisWriterListener {
  /** Ignores all. */
  RedisWriterListener NONE = new RedisWriterListener() {};

  /**
   * A batch is in Redis.
   *
   * @param written how many vectors were stored
   * @param stale how many the fence refused, since a newer one was stored
   * @param nanos how long it took, retries included
   */
  default void batchWritten(int written, int stale, long nanos) {}

  /** A vector took the place of another one of its entity that was not sent yet. */
  default void coalesced() {}

  /** A command failed and will be repeated after a pause. */
  default void retrying(Exception cause) {}
}
