// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.stores.redis.RedisOptions;
import io.tailwater.stores.redis.RedisReader;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks at the stores all the time while others send: freshness, the hero, the progress. */
final class Observer implements AutoCloseable {
  private static final long PROBE_GAP_MILLIS = 1;
  private static final long HERO_GAP_MILLIS = 50;
  private static final long PROGRESS_GAP_MILLIS = 500;

  private final RedisReader redis;
  private final FreshnessProbe probe;
  private final HeroWatch hero;
  private final DemoProgress progress;
  private final Clock clock;
  private final ExecutorService thread;
  private final Future<?> running;
  private volatile boolean stopped;

  Observer(
      RedisOptions redis,
      FreshnessProbe probe,
      HeroWatch hero,
      DemoProgress progress,
      Clock clock) {
    this.redis = new RedisReader(redis);
    this.probe = probe;
    this.hero = hero;
    this.progress = progress;
    this.clock = clock;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread observer = new Thread(task, "observer");
              observer.setDaemon(true);
              return observer;
            });
    this.running = thread.submit(this::observe, null);
  }

  private void observe() {
    long heroDue = 0;
    long progressDue = 0;
    while (!stopped) {
      probe.look(redis);
      long now = clock.millis();
      if (now >= heroDue) {
        hero.look(redis);
        heroDue = now + HERO_GAP_MILLIS;
      }
      if (now >= progressDue) {
        progress.show();
        progressDue = now + PROGRESS_GAP_MILLIS;
      }
      pause();
    }
  }

  /**
   * Makes sure that it still looks.
   *
   * @throws IllegalStateException with what went wrong
   */
  void requireHealthy() {
    if (running.isDone()) {
      close();
    }
  }

  /** Stops looking; throws what went wrong meanwhile, if anything. */
  @Override
  public void close() {
    stopped = true;
    thread.shutdown();
    try {
      running.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the observer failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      throw new IllegalStateException("the observer does not stop", e);
    } finally {
      redis.close();
    }
  }

  private void pause() {
    try {
      Thread.sleep(PROBE_GAP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
  }
}
