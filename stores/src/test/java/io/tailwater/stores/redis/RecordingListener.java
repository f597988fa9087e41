// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

/** Counts what a writer tells. Thread-safe. */
final class RecordingListener implements RedisWriterListener {
  int batches;
  int written;
  int stale;
  int coalesced;
  int retries;

  @Override
  public synchronized void batchWritten(int newlyWritten, int newlyStale, long nanos) {
    batches++;
    written += newlyWritten;
    stale += newlyStale;
  }

  @Override
  public synchronized void coalesced() {
    coalesced++;
  }

  @Override
  public synchronized void retrying(Exception cause) {
    retries++;
    notifyAll();
  }

  /** Returns when there were that many retries in all. */
  synchronized void awaitRetries(int count) throws InterruptedException {
    while (retries < count) {
      wait();
    }
  }
}
