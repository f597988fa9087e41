// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.source;

import io.tailwater.embedded.Await;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test moves, found again by its name in the tasks of the same JVM. */
public record ManualClock(String name) implements EventClock {
  private static final Map<String, AtomicLong> TIMES = new ConcurrentHashMap<>();
  private static final Map<String, AtomicLong> CALLS = new ConcurrentHashMap<>();

  public static ManualClock at(String name, long millis) {
    TIMES.put(name, new AtomicLong(millis));
    CALLS.put(name, new AtomicLong());
    return new ManualClock(name);
  }

  public void advance(long millis) {
    TIMES.get(name).addAndGet(millis);
  }

  /** How often anybody has looked at the clock. */
  public long calls() {
    return CALLS.get(name).get();
  }

  /** Waits until the clock has been looked at so often: its readers know what time it is. */
  public void awaitCalls(int count) {
    long before = calls();
    Await.until(() -> "the clock is not looked at", () -> calls() > before + count);
  }

  @Override
  public long millis() {
    CALLS.get(name).incrementAndGet();
    return TIMES.get(name).get();
  }
}
