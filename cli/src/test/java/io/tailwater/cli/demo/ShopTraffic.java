// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.cli.pipeline.RunningPipeline;
import io.tailwater.cli.report.Freshness;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.jobs.accounting.ViewAccounting;
import io.tailwater.stores.redis.NativeLayout;
import io.tailwater.stores.redis.RedisOptions;
import java.time.Clock;
import java.util.List;
import org.apache.iceberg.flink.CatalogLoader;

/**
 * The events of the demo's shop, weeks of them with duplicates, broken and out-of-order ones among
 * them; and the demo's recomputation of what must be in the stores when a job has read them.
 */
public final class ShopTraffic {
  /** How many partitions each topic has. */
  public static final int PARTITIONS = Partitions.COUNT;

  private static final Clock CLOCK = Clock.systemUTC();

  private final Project project;
  private final long seed;
  private final Script script;
  private final SentEvents sent;

  /**
   * @param project the retail project
   * @param events how many, about
   */
  public ShopTraffic(Project project, long seed, int events) {
    this.project = project;
    this.seed = seed;
    this.script = new Script(seed, events, project.sources().get(0).watermark(), CLOCK.millis());
    this.sent = new SentEvents(project.sources().stream().map(EventSource::name).toList());
  }

  /** The topics that the events go to. */
  public List<String> topics() {
    return project.sources().stream().map(EventSender::topic).toList();
  }

  /** Sends the weeks before. */
  public void sendHistory(String bootstrap) {
    send(bootstrap, script.history().stream().map(ScheduledEvent::event).toList());
  }

  /** Sends what comes last: the newest event of each partition. */
  public void sendClosing(String bootstrap) {
    send(bootstrap, script.closing(CLOCK.millis()));
  }

  private void send(String bootstrap, List<ProducedEvent> events) {
    FreshnessProbe probe =
        new FreshnessProbe(CLOCK, NativeLayout.of(project.name(), project.views().get(0)));
    try (EventSender sender = new EventSender(bootstrap, project.sources(), sent, probe)) {
      events.forEach(sender::send);
      sender.flush();
    }
  }

  /** How many were sent so far. */
  public int count() {
    return sent.count();
  }

  /** Up to this instant, in milliseconds, a job that has read everything has to come. */
  public long due() {
    long outOfOrderness =
        project.sources().stream()
            .mapToLong(source -> source.watermark().outOfOrdernessMillis())
            .max()
            .orElseThrow();
    return sent.newestEverywhere() - outOfOrderness - 1;
  }

  /** How far the job says in Redis that it has come, in milliseconds. */
  public long onlineWatermark(RedisOptions redis) {
    try (OnlineWatermark watermark = new OnlineWatermark(project, redis, CLOCK)) {
      return watermark.get();
    }
  }

  /**
   * Compares both stores with the recomputation and the job's counts with what was sent; fails on
   * any difference.
   *
   * @param restored whether vectors may have been brought back from the offline tables: they are
   *     right, but known to be valid for no longer than the tables' watermark, which is before now
   * @return the report, for people
   */
  public List<String> check(
      String bootstrap,
      RedisOptions redis,
      CatalogLoader catalog,
      RunningPipeline pipeline,
      boolean restored) {
    DemoStage stage = new DemoStage(project, bootstrap, redis, catalog, pipeline, CLOCK);
    DemoReport report =
        DemoComparison.compare(
            stage, seed, new Performance.Outcome(sent.all(), due(), 0, Freshness.of(new long[0])));
    assertThat(report.differences())
        .as("seed %d: %s", seed, report.examples())
        .isEqualTo(restored ? countExpired(stage) : 0);
    assertThat(report.examples()).allMatch(example -> example.contains(": valid until "));
    assertThat(report.counts()).as("seed %d", seed).isEqualTo(report.expected());
    assertThat(report.counts()).allMatch(ViewAccounting::isBalanced);
    assertThat(report.compared()).isGreaterThan(count() / 10);
    return report.lines();
  }

  /** Of a stream no vector is: the next one is there before its watermark. */
  private long countExpired(DemoStage stage) {
    long expired = 0;
    for (FeatureView view : project.views()) {
      StoreContents stored = StoreContents.read(stage, view, due());
      expired +=
          stored.online().values().stream()
              .filter(vector -> vector.validUntil() <= stored.onlineHorizon().watermark())
              .count();
    }
    return expired;
  }
}
