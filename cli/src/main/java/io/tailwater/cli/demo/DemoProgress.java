// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.cli.console.StatusLine;
import io.tailwater.cli.pipeline.RunningPipeline;
import io.tailwater.cli.report.Freshness;
import java.time.Clock;

/** The live progress line. For one thread. */
final class DemoProgress {
  private final StatusLine out;
  private final Clock clock;
  private final SentEvents sent;
  private final RunningPipeline pipeline;
  private final FreshnessProbe probe;
  private final StoreSizes stores;
  private long lastRead;
  private long lastAt;

  DemoProgress(
      StatusLine out,
      Clock clock,
      SentEvents sent,
      RunningPipeline pipeline,
      FreshnessProbe probe,
      StoreSizes stores) {
    this.out = out;
    this.clock = clock;
    this.sent = sent;
    this.pipeline = pipeline;
    this.probe = probe;
    this.stores = stores;
    this.lastAt = clock.millis();
  }

  /** Shows how things stand now. */
  void show() {
    long now = clock.millis();
    long read = pipeline.read();
    double rate = 1000.0 * (read - lastRead) / Math.max(1, now - lastAt);
    lastRead = read;
    lastAt = now;
    Freshness freshness = probe.freshness();
    String status = pipeline.status();
    out.show(
        "  %s%,d of %,d events read, %,.0f/s; freshness p50 %.0f ms, p99 %.0f ms; Redis %,d keys, Iceberg %,d rows"
            .formatted(
                status.equals("RUNNING") ? "" : status + ": ",
                read,
                sent.count(),
                rate,
                freshness.p50Millis(),
                freshness.p99Millis(),
                stores.redisKeys(),
                stores.icebergRows()));
  }
}
