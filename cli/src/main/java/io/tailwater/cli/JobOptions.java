// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import io.tailwater.cli.console.Json;
import io.tailwater.cli.console.ReportFile;
import io.tailwater.cli.console.StatusLine;
import io.tailwater.cli.pipeline.RunningPipeline;
import io.tailwater.cli.stream.StreamReport;
import io.tailwater.cli.stream.StreamRun;
import io.tailwater.definitions.settings.Settings;
import io.tailwater.embedded.EmbeddedFlink;
import io.tailwater.jobs.options.InputArguments;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** What the commands that run a project's job share: where it reads and writes, and its report. */
final class JobOptions {
  @Mixin private RunOptions run;

  @Mixin private InputArguments inputs;

  /** What was given for each source, by its name. */
  Map<String, Path> sources() {
    return inputs.sources();
  }

  int parallelism() {
    return run.parallelism();
  }

  /** The project's settings with the flags over them. */
  Settings settings(ProjectOptions project) {
    return run.over(inputs.over(project.settings()));
  }

  /**
   * Runs a job to its end and reports on it.
   *
   * @param starter submits it
   * @param out with {@code -o json} for the report alone, and {@code err} for progress
   * @return the exit code
   */
  int run(
      Function<EmbeddedFlink, RunningPipeline> starter,
      OutputFormat format,
      PrintWriter out,
      PrintWriter err)
      throws InterruptedException {
    ReportFile file = run.report();
    Clock clock = Clock.systemUTC();
    StatusLine progress = StatusLine.on(format.isJson() ? err : out, clock);
    StreamReport result = new StreamRun(starter, progress, clock).run(run.parallelism());
    file.write(result.json());
    if (format.isJson()) {
      out.println(Json.text(result.json()));
    } else {
      result.lines().forEach(progress::say);
    }
    return result.isBalanced() ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
