// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.pipeline.PipelineLauncher;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.definitions.settings.Settings.StateBackend;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
          + " them. A source with archive: true that is read from Kafka is archived in the"
          + " warehouse too. Flags go over tailwater.yaml."
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
  @Mixin private JobOptions job;
  @Mixin private OutputFormat output;

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

  @Override
  public Integer call() throws InterruptedException {
    Project project = options.project();
    Settings settings = settings();
    return job.run(
        flink -> PipelineLauncher.start(flink, project, settings, job.sources(), job.parallelism()),
        output,
        spec.commandLine().getOut(),
        spec.commandLine().getErr());
  }

  private Settings settings() {
    Settings settings = job.settings(options);
    if (stateBackend != null) {
      settings = settings.withStateBackend(stateBackend);
    }
    if (checkpoints != null) {
      settings = settings.withCheckpoints(settings.checkpoints().withDirectory(checkpoints));
    }
    return settings;
  }
}
