// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.Json;
import io.tailwater.cli.console.ReportFile;
import io.tailwater.cli.console.StatusLine;
import io.tailwater.cli.pipeline.PipelineLauncher;
import io.tailwater.cli.stream.StreamReport;
import io.tailwater.cli.stream.StreamRun;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.KafkaSettings;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.definitions.settings.Settings.StateBackend;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailwater stream}. */
@Command(
    name = "stream",
    description = {
      "Runs the project's job in this process: events in, features in both stores.",
      "",
      "Without --source it reads Kafka until Ctrl-C; with a file for every source it ends with"
          + " them. Flags go over tailwater.yaml."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tailwater stream --kafka localhost:9092 --redis localhost:6379 --warehouse ./warehouse",
      "  tailwater stream --source orders=orders.csv --redis localhost:6379 --warehouse ./warehouse"
    })
final class StreamCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ProjectOptions options;
  @Mixin private OutputFormat output;

  @Option(
      names = "--source",
      paramLabel = "NAME=FILE",
      description = "Reads a source from a file instead of Kafka: .csv, .jsonl or .avro.")
  private Map<String, Path> sources = Map.of();

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "The Kafka cluster: one server or several with commas.")
  private @Nullable String kafka;

  @Option(names = "--redis", paramLabel = "HOST:PORT", description = "The Redis server.")
  private @Nullable String redis;

  @Option(names = "--warehouse", paramLabel = "URI", description = "The Iceberg warehouse.")
  private @Nullable String warehouse;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Parallel pipelines. Default: the number of processors.")
  private int parallelism = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--state-backend",
      paramLabel = "NAME",
      description = "heap (fastest, in memory) or rocksdb (on disk; the default).")
  private @Nullable StateBackend stateBackend;

  @Option(
      names = "--checkpoints",
      paramLabel = "DIR",
      description = "Where the job's state is saved. Default: .tailwater/checkpoints.")
  private @Nullable String checkpoints;

  @Option(
      names = "--report",
      paramLabel = "FILE.json",
      description = "Where the report goes for programs.")
  private @Nullable Path report;

  @Override
  public Integer call() throws InterruptedException {
    Project project = options.project();
    Settings settings = settings();
    ReportFile file = ReportFile.at(report);
    PrintWriter out = spec.commandLine().getOut();
    Clock clock = Clock.systemUTC();
    // With -o json, the report is all that is on the standard output.
    StatusLine progress = StatusLine.on(output.isJson() ? spec.commandLine().getErr() : out, clock);
    StreamReport result =
        new StreamRun(
                flink -> PipelineLauncher.start(flink, project, settings, sources, parallelism),
                progress,
                clock)
            .run(parallelism);
    file.write(result.json());
    if (output.isJson()) {
      out.println(Json.text(result.json()));
    } else {
      result.lines().forEach(progress::say);
    }
    return result.isBalanced() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private Settings settings() {
    Settings settings = options.settings();
    if (kafka != null) {
      KafkaSettings configured = settings.kafka();
      settings =
          settings.withKafka(
              configured == null
                  ? new KafkaSettings(kafka, Map.of())
                  : configured.withBootstrap(kafka));
    }
    if (redis != null) {
      settings = settings.withRedis(RedisConnections.settings(settings, redis));
    }
    if (warehouse != null) {
      settings = settings.withWarehouse(warehouse);
    }
    if (stateBackend != null) {
      settings = settings.withStateBackend(stateBackend);
    }
    if (checkpoints != null) {
      settings = settings.withCheckpoints(settings.checkpoints().withDirectory(checkpoints));
    }
    return settings;
  }
}
