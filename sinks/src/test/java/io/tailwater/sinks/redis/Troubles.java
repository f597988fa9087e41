// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.redis;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Passes events on; waits in the middle until the test has stopped Redis, and fails once later. Its
 * state is the JVM's, since a job's functions are copies.
 */
final class Troubles implements MapFunction<Long, Long> {
  static CountDownLatch halfRead;
  static CountDownLatch redisStopped;
  static CountDownLatch moreRead;

  private static final AtomicLong READ = new AtomicLong();
  private static final AtomicBoolean FAILED = new AtomicBoolean();
  private static long events;

  static void reset(long newEvents) {
    halfRead = new CountDownLatch(1);
    redisStopped = new CountDownLatch(1);
    moreRead = new CountDownLatch(1);
    READ.set(0);
    FAILED.set(false);
    events = newEvents;
  }

  static boolean failed() {
    return FAILED.get();
  }

  @Override
  public Long map(Long event) throws InterruptedException {
    long read = READ.incrementAndGet();
    if (read >= events / 2) {
      halfRead.countDown();
      redisStopped.await();
    }
    if (read >= events / 2 + 1_000) {
      moreRead.countDown();
    }
    if (read >= events * 3 / 4 && FAILED.compareAndSet(false, true)) {
      throw new IllegalStateException("the test wants this job to fail once");
    }
    return event;
  }
}
