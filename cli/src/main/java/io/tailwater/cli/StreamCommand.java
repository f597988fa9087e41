// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.pipeline.PipelineLauncher;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.options.StreamArguments;
import io.tailwater.jobs.topology.StreamStart;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tailwater stream}. */
@Command(
    name = "stream",
    description = {
      "Runs the project's job in this process: events in, features in both stores.",
      "",
      "Without --source it reads Kafka until Ctrl-C; with a file for every source it ends with"
          + " them. A source with archive: true that is read from Kafka is archived in the"
          + " warehouse too. Flags go over tailwater.yaml.",
      "",
      "Over vectors in Redis a stream does not start with empty windows: it goes on from a"
          + " savepoint or checkpoint, or begins with history and then reads Kafka from where"
          + " history ends, and writes to Redis when it has caught up with Kafka."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tailwater stream --kafka localhost:9092 --redis localhost:6379 --warehouse ./warehouse",
      "  tailwater stream --source orders=orders.csv --redis localhost:6379 --warehouse ./warehouse",
      "  tailwater stream --history archive",
      "  tailwater stream --history orders=history/ --kafka localhost:9092",
      "  tailwater stream --from-savepoint .tailwater/checkpoints/1f0c…/chk-42"
    })
final class StreamCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ProjectOptions options;
  @Mixin private JobOptions job;
  @Mixin private StreamArguments stream;
  @Mixin private OutputFormat output;

  @Override
  public Integer call() throws InterruptedException {
    Project project = options.project();
    Settings settings = settings();
    StreamStart start = stream.start();
    String savepoint = stream.savepoint().orElse(null);
    return job.run(
        flink ->
            PipelineLauncher.start(
                flink, project, settings, job.sources(), start, savepoint, job.parallelism()),
        output,
        spec.commandLine().getOut(),
        spec.commandLine().getErr());
  }

  private Settings settings() {
    Settings settings = job.settings(options);
    String checkpoints = stream.checkpoints().orElse(settings.checkpoints().directory());
    return settings
        .withStateBackend(stream.stateBackend().orElse(settings.stateBackend()))
        .withCheckpoints(settings.checkpoints().withDirectory(checkpoints));
  }
}
