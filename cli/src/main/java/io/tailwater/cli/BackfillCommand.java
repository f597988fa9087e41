// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.pipeline.PipelineLauncher;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.options.BackfillArguments;
import io.tailwater.jobs.topology.BackfillInputs;
import io.tailwater.jobs.topology.BackfillOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tailwater backfill}. */
@Command(
    name = "backfill",
    description = {
      "Fills the offline tables from history: the stream's job in Flink's batch mode.",
      "",
      "A source is read from a file or a folder with --source NAME=FILE, from its archive with"
          + " --source NAME=archive (a folder of that name is ./archive), else from Kafka: what"
          + " its topic holds at the start. Events may come in any order; none is late. Memory holds"
          + " the windows of one entity at a time. All rows of a view appear in one commit, at the"
          + " end. Rows that a table has in the range are replaced; what a stream appends meanwhile"
          + " stays, and counts. Flags go over tailwater.yaml."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tailwater backfill --source orders=orders.csv --warehouse ./warehouse",
      "  tailwater backfill --source orders=history/ --view customer_behavior"
          + " --from 2026-01-01 --to 2026-03-31T23:59:59.999Z",
      "  tailwater backfill --kafka localhost:9092 --from 2026-03-01",
      "  tailwater backfill --source orders=archive"
    })
final class BackfillCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ProjectOptions options;
  @Mixin private JobOptions job;
  @Mixin private BackfillArguments arguments;
  @Mixin private OutputFormat output;

  @Override
  public Integer call() throws InterruptedException {
    BackfillOptions backfill = arguments.options();
    BackfillInputs inputs = arguments.inputs(job.sources());
    Project project = options.project();
    Settings settings = job.settings(options);
    return job.run(
        flink ->
            PipelineLauncher.startBackfill(
                flink, project, settings, inputs, backfill, job.parallelism()),
        output,
        spec.commandLine().getOut(),
        spec.commandLine().getErr());
  }
}
