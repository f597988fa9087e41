// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * Sends a script: weeks of history as fast as they go, its last days in slow motion so that one can
 * watch, then new events as they happen.
 *
 * <p>No partition is silent for long: in a silence the clock would move the watermark from history
 * to today, and what is left of history would be late.
 */
final class Replay {
  private static final Duration CRAWL_GAP = Duration.ofMillis(100);
  private static final Duration LIVE_GAP = Duration.ofMillis(10);

  private final Script script;
  private final EventSender sender;
  private final SentEvents sent;
  private final Clock clock;
  private final LongSupplier watermark;
  private final Deque<ScheduledEvent> history;

  /**
   * @param watermark the least one that the job has published, in milliseconds; {@link
   *     Long#MIN_VALUE} before the first
   */
  Replay(Script script, EventSender sender, SentEvents sent, Clock clock, LongSupplier watermark) {
    this.script = script;
    this.sender = sender;
    this.sent = sent;
    this.clock = clock;
    this.watermark = watermark;
    this.history = new ArrayDeque<>(script.history());
  }

  /** Sends the weeks before the lull as fast as it goes. */
  void sendHistory() {
    sendUntil(script.lull());
  }

  /** Goes on event by event until the job has caught up, then to the climax. */
  void crawlUntilCaughtUp(long outOfOrderness) throws InterruptedException {
    long caughtUp = sent.newestEverywhere() - outOfOrderness - 1;
    while (!history.isEmpty() && watermark.getAsLong() < caughtUp) {
      sender.send(history.remove().event());
      Thread.sleep(CRAWL_GAP.toMillis());
    }
    sendUntil(script.climax());
  }

  private void sendUntil(long arrival) {
    while (!history.isEmpty() && history.peek().arrival() < arrival) {
      sender.send(history.remove().event());
    }
    sender.flush();
  }

  /** Sends the rest of the history within {@code duration}, with strays in between. */
  void sendInSlowMotion(Duration duration) throws InterruptedException {
    if (history.isEmpty()) {
      return;
    }
    long from = history.peek().arrival();
    double pace = (double) duration.toMillis() / Math.max(1, script.end() - from);
    long started = clock.millis();
    while (!history.isEmpty()) {
      ScheduledEvent next = history.remove();
      sleepUntil(started + (long) ((next.arrival() - from) * pace));
      sender.send(next.event());
      sendStray();
    }
  }

  /** Sends events as they happen for {@code duration}, and last the newest of each partition. */
  void sendLive(Duration duration) throws InterruptedException {
    long until = clock.millis() + duration.toMillis();
    while (clock.millis() < until) {
      sender.send(script.live(clock.millis()));
      sendStray();
      Thread.sleep(LIVE_GAP.toMillis());
    }
    script.closing(clock.millis()).forEach(sender::send);
    sender.flush();
  }

  private void sendStray() {
    long published = watermark.getAsLong();
    if (script.isTimeForStray() && published != Long.MIN_VALUE) {
      script.strays().tooLate(published).forEach(sender::send);
      script.strays().future(clock.millis()).forEach(sender::send);
    }
  }

  private void sleepUntil(long instant) throws InterruptedException {
    long millis = instant - clock.millis();
    if (millis > 0) {
      Thread.sleep(millis);
    }
  }
}
