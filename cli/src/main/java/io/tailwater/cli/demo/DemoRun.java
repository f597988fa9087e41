// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.cli.console.CommandException;
import io.tailwater.cli.console.Json;
import io.tailwater.cli.console.StatusLine;
import io.tailwater.cli.pipeline.RunningPipeline;
import io.tailwater.cli.recompute.Differences;
import io.tailwater.cli.report.StoreCounts;
import io.tailwater.cli.report.ViewCounts;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.FeatureView;
import io.tailwater.definitions.model.Project;
import io.tailwater.sinks.iceberg.IcebergCatalogs;
import io.tailwater.stores.redis.RedisOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.flink.CatalogLoader;
import org.jspecify.annotations.Nullable;

/** {@code tailwater demo}, from nothing to nothing left. */
public final class DemoRun {
  private final DemoOptions options;
  private final StatusLine out;
  private final Clock clock;

  public DemoRun(DemoOptions options, StatusLine out, Clock clock) {
    this.options = options;
    this.out = out;
    this.clock = clock;
  }

  /**
   * Runs the demo.
   *
   * @return whether nothing differs
   * @throws CommandException if it cannot be run here
   */
  public boolean run() throws Exception {
    requireWritable(options.report());
    try (DemoFolder folder = DemoFolder.open(options.directory())) {
      Path definitions = folder.definitions();
      Project project = ProjectLoader.load(definitions);
      out.say("Starting Redis, Kafka and Flink.");
      try (DemoServices services = new DemoServices(options.ports())) {
        return run(folder, definitions, project, services);
      }
    }
  }

  private boolean run(
      DemoFolder folder, Path definitions, Project project, DemoServices services)
      throws Exception {
    RedisOptions redis = RedisOptions.of(services.redis().host(), services.redis().port());
    CatalogLoader catalog = IcebergCatalogs.loader(folder.warehouse().toString(), Map.of());
    out.say("The job's web UI: " + services.flink().webUi());
    try (RunningPipeline pipeline = DemoPipeline.start(project, services, redis, catalog, folder.checkpoints())) {
      DemoStage stage =
          new DemoStage(project, services.kafka().bootstrap(), redis, catalog, pipeline, clock);
      Script script =
          new Script(
              options.seed(),
              options.events(),
              project.sources().get(0).watermark(),
              clock.millis());
      Performance.Outcome outcome = new Performance(stage, out).play(script);
      out.say("");
      out.say("Recomputing everything that is stored from the events that were sent.");
      DemoReport report = compare(stage, outcome);
      publish(report);
      NextSteps.tables(project, catalog).forEach(out::say);
      if (options.keep()) {
        NextSteps.services(project, definitions, services.flink().webUi()).forEach(out::say);
        stayUp(pipeline);
      } else {
        NextSteps.again(definitions).forEach(out::say);
      }
      return report.isPerfect();
    }
  }

  private DemoReport compare(DemoStage stage, Performance.Outcome outcome) {
    Differences differences = new Differences();
    List<ViewCounts> counts = stage.pipeline().counts();
    List<ViewCounts> expected = new ArrayList<>();
    List<StoreCounts> stores = new ArrayList<>();
    for (FeatureView definition : stage.project().views()) {
      ShopView view = new ShopView(definition);
      expected.add(ExpectedCounts.of(view, outcome.sent()));
      StoreContents stored =
          StoreContents.read(
              stage.project().name(), definition, stage.redis(), stage.catalog(), clock);
      stores.add(new Verification(view, outcome.sent()).compare(stored, differences));
    }
    return new DemoReport(
        options.seed(),
        counts,
        expected,
        stores,
        outcome.eventsPerSecond(),
        outcome.freshness(),
        differences.compared(),
        differences.count(),
        differences.examples());
  }

  private void publish(DemoReport report) throws IOException {
    report.lines().forEach(out::say);
    Path file = options.report();
    if (file != null) {
      Files.writeString(file, Json.text(report.json()) + System.lineSeparator());
      out.say("The report is in " + file);
    }
  }

  private static void requireWritable(@Nullable Path report) {
    if (report == null) {
      return;
    }
    try {
      Files.write(report, "".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new CommandException("--report: cannot write to %s (%s)".formatted(report, e), e);
    }
  }

  private static void stayUp(RunningPipeline pipeline) throws InterruptedException {
    while (true) {
      pipeline.requireRunning();
      Thread.sleep(1_000);
    }
  }
}
