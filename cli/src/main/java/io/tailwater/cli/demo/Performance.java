// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.cli.console.StatusLine;
import io.tailwater.cli.pipeline.RunningPipeline;
import io.tailwater.cli.report.Freshness;
import io.tailwater.definitions.model.EventSource;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.stores.redis.NativeLayout;
import java.util.List;

/** Plays a script on a stage while one watches, until the job has done with all of it. */
final class Performance {
  private final DemoStage stage;
  private final StatusLine out;
  private final List<EventSource> sources;
  private final FeatureView heroView;
  private final SentEvents sent;
  private final FreshnessProbe probe;

  /**
   * What there is to say afterwards.
   *
   * @param sent all events, in order
   * @param complete up to this instant, in milliseconds, both stores hold all there is
   * @param eventsPerSecond in the replay of history
   */
  record Outcome(
      List<ProducedEvent> sent, long complete, double eventsPerSecond, Freshness freshness) {}

  Performance(DemoStage stage, StatusLine out) {
    this.stage = stage;
    this.out = out;
    this.sources = stage.project().sources();
    this.sent = new SentEvents(sources.stream().map(EventSource::name).toList());
    this.heroView = stage.project().views().get(0);
    this.probe =
        new FreshnessProbe(stage.clock(), NativeLayout.of(stage.project().name(), heroView));
  }

  /** Plays the script; returns when both stores hold all that follows from it. */
  Outcome play(Script script, Pace pace) throws Exception {
    try (OnlineWatermark watermark =
            new OnlineWatermark(stage.project(), stage.redis(), stage.clock());
        StoreSizes sizes = new StoreSizes(stage.project(), stage.redis(), stage.catalog());
        EventSender sender = sender();
        Observer observer = observer(sizes)) {
      Replay replay =
          new Replay(script, sender, sent, stage.clock(), () -> onlineWatermark(watermark));
      double eventsPerSecond = replayHistory(replay, script);
      out.say("");
      out.say("Its last days in slow motion. One customer buys six times and then falls silent:");
      probe.watch(true);
      replay.sendInSlowMotion(pace.slowMotion());
      out.say("And now, events as they happen.");
      replay.sendLive(pace.live());
      long complete = settle(watermark, observer);
      return new Outcome(sent.all(), complete, eventsPerSecond, probe.freshness());
    }
  }

  private double replayHistory(Replay replay, Script script) throws InterruptedException {
    out.say("Replaying five weeks of history: %,d events.".formatted(script.history().size()));
    long started = stage.clock().millis();
    replay.sendHistory();
    int history = sent.count();
    replay.crawlUntilCaughtUp(outOfOrderness());
    return 1000.0 * history / Math.max(1, stage.clock().millis() - started);
  }

  /** Returns the instant up to which both stores are complete. */
  private long settle(OnlineWatermark watermark, Observer observer) throws InterruptedException {
    long due = sent.newestEverywhere() - outOfOrderness() - 1;
    Settlement settlement = new Settlement(stage.clock(), observer::requireHealthy);
    settlement.awaitWatermark("Redis", due, () -> onlineWatermark(watermark));
    settlement.awaitCount("the job", sent.count(), stage.pipeline()::read);
    stage.pipeline().checkpoint();
    stage.pipeline().checkpoint();
    return due;
  }

  private long outOfOrderness() {
    return sources.stream()
        .mapToLong(source -> source.watermark().outOfOrdernessMillis())
        .max()
        .orElseThrow();
  }

  private long onlineWatermark(OnlineWatermark watermark) {
    requireRunning(stage.pipeline());
    return watermark.get();
  }

  /** A job without end ends only by a failure, which this throws. */
  static void requireRunning(RunningPipeline pipeline) {
    if (pipeline.isFinished()) {
      throw new IllegalStateException("the job of a demo has no end");
    }
  }

  private EventSender sender() {
    return new EventSender(stage.bootstrap(), sources, sent, probe);
  }

  private Observer observer(StoreSizes sizes) {
    HeroWatch hero = new HeroWatch(stage.project().name(), heroView, out);
    DemoProgress progress =
        new DemoProgress(out, stage.clock(), sent, stage.pipeline(), probe, sizes);
    return new Observer(stage.redis(), probe, hero, progress, stage.clock());
  }
}
