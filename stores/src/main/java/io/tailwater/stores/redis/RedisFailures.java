// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** Tells failures that pass by themselves, or when someone mends the server, from the others. */
final class RedisFailures {
  /**
   * Codes of servers that load, fail over, are full or cannot save. Found anywhere in the message,
   * since a script's error is wrapped in one of its own.
   */
  private static final Pattern TRANSIENT =
      Pattern.compile(
          "(^|[\\s-])(LOADING|BUSY|READONLY|TRYAGAIN|CLUSTERDOWN|MASTERDOWN|OOM|MISCONF|NOREPLICAS"
              + "|UNKILLABLE)\\s|max number of clients");

  private static final Pattern WRONG_TYPE = Pattern.compile("(^|[\\s-])WRONGTYPE\\s");
  private static final Pattern BAD_VECTOR = Pattern.compile("(^|[\\s-])BADVECTOR\\s");

  private RedisFailures() {}

  /** Whether the same command may succeed later. */
  static boolean isTransient(JedisException failure) {
    if (failure instanceof JedisRedirectionException) {
      return true;
    }
    if (failure instanceof JedisDataException) {
      return !(failure instanceof JedisAccessControlException)
          && TRANSIENT.matcher(String.valueOf(failure.getMessage())).find();
    }
    return true; // connections, timeouts, pools, a cluster without reachable nodes
  }

  /** Whether the connection, or what is known of the cluster, is to be thrown away. */
  static boolean needsNewConnection(JedisException failure) {
    if (failure instanceof JedisDataException) {
      return failure instanceof JedisRedirectionException;
    }
    return !isExhausted(failure);
  }

  /**
   * Whether the server took too long to let in or to answer. Of each address that would not let in
   * there is a suppressed exception.
   */
  static boolean isTimeout(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof SocketTimeoutException
        || (cause != null && isTimeout(cause))
        || Arrays.stream(failure.getSuppressed()).anyMatch(RedisFailures::isTimeout);
  }

  /** Whether all connections were in use for too long, which says nothing about the server. */
  private static boolean isExhausted(JedisException failure) {
    return failure.getCause() instanceof NoSuchElementException;
  }

  static boolean isUnknownScript(JedisException failure) {
    return failure instanceof JedisNoScriptException;
  }

  /** What someone can do about a command that will never succeed. */
  static String advice(String key, JedisException failure) {
    String message = String.valueOf(failure.getMessage());
    if (WRONG_TYPE.matcher(message).find()) {
      return "key '%s' holds a value of another type, written by another program: delete it or give the project another name"
          .formatted(key);
    }
    if (BAD_VECTOR.matcher(message).find()) {
      return "key '%s' was changed by another program: delete it".formatted(key);
    }
    if (failure instanceof JedisAccessControlException) {
      return "key '%s' may not be written: check user, password and ACL (EVAL, EVALSHA, HMGET, HGET, HSET, HDEL, DEL, PTTL, PEXPIRE, PERSIST)"
          .formatted(key);
    }
    return "key '%s' cannot be written".formatted(key);
  }
}
