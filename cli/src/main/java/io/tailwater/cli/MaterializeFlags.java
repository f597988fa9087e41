// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.CommandException;
import io.tailwater.cli.console.Json;
import io.tailwater.cli.console.ReportFile;
import io.tailwater.cli.console.StatusLine;
import io.tailwater.cli.materialize.MaterializeReport;
import io.tailwater.cli.materialize.MaterializeRun;
import io.tailwater.definitions.model.Project;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.jobs.materialize.MaterializeJob;
import io.tailwater.jobs.materialize.MaterializeOptions;
import io.tailwater.jobs.source.EventClock;
import java.io.PrintWriter;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** What both commands that materialize take, and how they run. */
final class MaterializeFlags {
  @Mixin private ProjectOptions options;
  @Mixin private OutputFormat output;
  @Mixin private RunOptions run;

  /** Materializes, and returns the exit code. */
  int run(CommandLine command, MaterializeOptions materialize) throws InterruptedException {
    Project project = options.project();
    Settings settings = run.over(options.settings());
    ReportFile file = run.report();
    PrintWriter out = command.getOut();
    Clock clock = Clock.systemUTC();
    StatusLine progress = StatusLine.on(output.isJson() ? command.getErr() : out, clock);
    MaterializeReport result =
        new MaterializeRun(job(project, settings, materialize), progress, clock)
            .run(run.parallelism());
    file.write(result.json());
    if (output.isJson()) {
      out.println(Json.text(result.json()));
    } else {
      result.lines().forEach(progress::say);
    }
    return result.isBalanced() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static MaterializeJob job(
      Project project, Settings settings, MaterializeOptions materialize) {
    try {
      return new MaterializeJob(
          project, settings, materialize, EventClock.system(), System.getenv());
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }
}
