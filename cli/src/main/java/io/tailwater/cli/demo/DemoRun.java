// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli.demo;

import io.tailwater.cli.console.ReportFile;
import io.tailwater.cli.console.StatusLine;
import io.tailwater.cli.pipeline.RunningPipeline;
import io.tailwater.definitions.ProjectLoader;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.sinks.iceberg.IcebergCatalogs;
import io.tailwater.stores.redis.RedisOptions;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** {@code tailwater demo}, from nothing to nothing left. */
public final class DemoRun {
  private final DemoOptions options;
  private final StatusLine out;
  private final Clock clock;

  /**
   * @param out where the story is told
   * @param clock of this machine: the history ends at its present
   */
  public DemoRun(DemoOptions options, StatusLine out, Clock clock) {
    this.options = options;
    this.out = out;
    this.clock = clock;
  }

  /**
   * Runs the demo.
   *
   * @return whether nothing differs
   * @throws io.tailwater.cli.console.CommandException if it cannot be run here
   * @throws Exception if it fails
   */
  public boolean run() throws Exception {
    ReportFile file = ReportFile.at(options.report());
    try (DemoFolder folder = DemoFolder.open(options.directory())) {
      Project project = ProjectLoader.load(folder.copyDefinitions());
      out.say("Starting Redis, Kafka and Flink.");
      try (DemoServices services = new DemoServices(options.ports())) {
        Settings settings = DemoPipeline.settings(services, folder);
        folder.write(settings);
        out.say("The job's web UI: " + services.flink().webUi());
        try (RunningPipeline pipeline = DemoPipeline.start(project, services, settings)) {
          DemoStage stage = stage(project, services, folder, pipeline);
          DemoReport report = playAndCompare(stage);
          report.lines().forEach(out::say);
          file.write(report.json());
          showWhatIsNext(stage, folder, services);
          return report.isPerfect();
        }
      }
    }
  }

  private DemoStage stage(
      Project project, DemoServices services, DemoFolder folder, RunningPipeline pipeline) {
    return new DemoStage(
        project,
        services.kafka().bootstrap(),
        RedisOptions.of(services.redis().host(), services.redis().port()),
        IcebergCatalogs.loader(folder.warehouse().toString(), Map.of()),
        pipeline,
        clock);
  }

  private DemoReport playAndCompare(DemoStage stage) throws Exception {
    Script script =
        new Script(
            options.seed(),
            options.events(),
            stage.project().sources().get(0).watermark(),
            clock.millis());
    Performance.Outcome outcome = new Performance(stage, out).play(script, options.pace());
    out.say("");
    out.say("Recomputing everything that is stored from the events that were sent.");
    return DemoComparison.compare(stage, options.seed(), outcome);
  }

  private void showWhatIsNext(DemoStage stage, DemoFolder folder, DemoServices services)
      throws InterruptedException {
    List<String> tables = NextSteps.tables(stage.project(), stage.catalog());
    tables.forEach(out::say);
    if (!options.keep()) {
      NextSteps.again(folder.definitions()).forEach(out::say);
      return;
    }
    NextSteps.services(stage.project(), folder.definitions(), services.flink().webUi())
        .forEach(out::say);
    while (true) {
      Performance.requireRunning(stage.pipeline());
      Thread.sleep(1_000);
    }
  }
}
