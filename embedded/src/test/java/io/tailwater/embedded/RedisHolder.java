// SPDX-License-Identifier: Apache-2.0
package io.tailwater.embedded;

/** A process that holds a Redis server until it is killed, and says where its files are. */
final class RedisHolder {
  private RedisHolder() {}

  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedRedis redis = EmbeddedRedis.create();
    // The test that starts this process reads the line: the pipe is how the two talk.
    System.out.println(redis.directory());
    Thread.currentThread().join();
  }
}
