// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Threads that read from Redis for callers who do not wait longer than they said. They are started
 * when they are needed.
 *
 * <p>A read that is too late goes on until Redis or its own timeouts end it: it is not interrupted,
 * since a connection that is left before its replies came must not be used again. One that was not
 * begun in time is not begun at all, so that what piled up while Redis was silent keeps nobody
 * waiting when it is back.
 *
 * <p>Thread-safe.
 */
final class ReadThreads implements AutoCloseable {
  private final ForkJoinPool threads;

  /**
   * @param count as many as there are connections
   */
  ReadThreads(int count) {
    threads =
        new ForkJoinPool(
            count,
            pool -> {
              ForkJoinWorkerThread thread =
                  ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
              thread.setName("tailwater-read-" + thread.getPoolIndex());
              return thread;
            },
            null,
            /* asyncMode= */ true);
  }

  /**
   * What {@code read} returns or throws; or, after the timeout, what {@code late} returns is
   * thrown. Failures are heard of in another thread than the one that tells the time.
   */
  <T> CompletableFuture<T> within(
      Duration timeout, Supplier<T> read, Supplier<? extends RuntimeException> late) {
    CompletableFuture<T> result = new CompletableFuture<>();
    threads.execute(() -> complete(result, read));
    return result
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyComposeAsync(
            failure ->
                CompletableFuture.failedFuture(
                    failure instanceof TimeoutException ? late.get() : failure));
  }

  private static <T> void complete(CompletableFuture<T> result, Supplier<T> read) {
    if (result.isDone()) {
      return;
    }
    try {
      result.complete(read.get());
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
