// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisException;

/** Script calls, those that have no reply yet, and the replies of the others. Not thread-safe. */
final class ScriptBatch {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptBatch.class);

  private final List<ScriptCall> calls;
  private final long[] replies;
  private final List<Sent> sent = new ArrayList<>();
  private List<Integer> open;
  private boolean sendTexts;
  private boolean progressed;

  /** A call on its way: its place in the batch, and where its reply will be. */
  private record Sent(int index, Response<Object> response) {}

  ScriptBatch(List<ScriptCall> calls) {
    this.calls = calls;
    this.replies = new long[calls.size()];
    this.open = new ArrayList<>(calls.size());
    for (int i = 0; i < calls.size(); i++) {
      open.add(i);
    }
  }

  boolean isDone() {
    return open.isEmpty();
  }

  long[] replies() {
    return replies;
  }

  /** Whether a call got its reply since this was last asked. */
  boolean takeProgress() {
    boolean result = progressed;
    progressed = false;
    return result;
  }

  /** Puts every call without a reply into the pipeline. */
  void send(AbstractPipeline pipeline) {
    sent.clear();
    for (int index : open) {
      ScriptCall call = calls.get(index);
      sent.add(new Sent(index, sendTexts ? call.sendText(pipeline) : call.sendDigest(pipeline)));
    }
    sendTexts = false;
  }

  /**
   * Takes the replies of a synchronized pipeline.
   *
   * @return a failure to wait out; null if all that is left, if anything, can be sent at once
   * @throws RedisWriteException if a call failed for good
   */
  @Nullable JedisException receive() {
    List<Integer> unanswered = new ArrayList<>();
    JedisException transientFailure = null;
    for (Sent one : sent) {
      JedisException failure = take(one);
      if (failure == null) {
        continue;
      }
      unanswered.add(one.index);
      if (RedisFailures.isUnknownScript(failure)) {
        sendTexts = true;
      } else {
        requireTransient(calls.get(one.index), failure);
        transientFailure = failure;
      }
    }
    open = unanswered;
    return transientFailure;
  }

  /** Takes one reply; returns the failure if it is one. */
  private @Nullable JedisException take(Sent one) {
    try {
      replies[one.index] = (Long) Replies.of(one.response);
      progressed = true;
      return null;
    } catch (JedisException e) {
      return e;
    }
  }

  private static void requireTransient(ScriptCall call, JedisException failure) {
    if (!RedisFailures.isTransient(failure)) {
      // Exceptions of a job are logged and shown in its UI: whose vector it is is not for there.
      LOG.debug("Redis refuses to write key '{}'", call.key());
      throw new RedisWriteException(
          "%s; Redis says: %s (at DEBUG, %s logs the whole key)"
              .formatted(
                  RedisFailures.advice(call.key().withoutEntity(), failure),
                  failure.getMessage(),
                  LOG.getName()),
          failure);
    }
  }
}
